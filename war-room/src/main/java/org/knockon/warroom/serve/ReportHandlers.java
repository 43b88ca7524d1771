package org.knockon.warroom.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.ServiceUnavailableResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.util.OptionalLong;
import java.util.function.Function;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.feed.BoardSource;
import org.knockon.warroom.page.Json;
import org.knockon.warroom.report.IncidentReport;
import org.knockon.warroom.report.IncidentReport.Origin;
import org.knockon.warroom.report.ReportCsv;
import org.knockon.warroom.report.ReportHtml;

/** The incident report in its three formats, created for each request. */
final class ReportHandlers {

    private final RouteHandlers handlers;
    private final BoardSource source;
    private final Origin origin;

    ReportHandlers(
            RouteHandlers handlers, BoardSource source, WarRoomSettings settings, BuildInfo build, StaticFiles page) {
        this.handlers = handlers;
        this.source = source;
        origin = origin(settings, build, page);
    }

    static Origin origin(WarRoomSettings settings, BuildInfo build, StaticFiles page) {
        return new Origin(
                settings.exercise().orElse(null), settings.prefix(), build.version() + "-" + page.fingerprint());
    }

    void on(JavalinDefaultRoutingApi routes) {
        routes.get("/report", request -> send(request, "text/html; charset=utf-8", ReportHtml::page));
        routes.get("/report.json", request -> send(request, "application/json", Json::of));
        routes.get("/report.csv", request -> send(request, "text/csv; charset=utf-8; header=present", ReportCsv::of));
    }

    private void send(Context request, String type, Function<IncidentReport, String> form) {
        String at = request.queryParam("at");
        BoardSnapshot snapshot = source.snapshot(
                        at == null ? OptionalLong.empty() : OptionalLong.of(handlers.instant(at)))
                .orElseThrow(() -> new ServiceUnavailableResponse("no report yet: the topics are being read"));
        byte[] bytes = form.apply(IncidentReport.of(snapshot, origin)).getBytes(UTF_8);
        if (!RouteHandlers.notModified(request, '"' + StaticFiles.hash(bytes) + '"')) {
            request.contentType(type).result(bytes);
        }
    }
}
