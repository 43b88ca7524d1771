package org.knockon.warroom.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.ServiceUnavailableResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.knockon.impact.model.Cell;
import org.knockon.impact.model.Dimension;
import org.knockon.impact.model.SlotHour;
import org.knockon.warroom.WarRoomSettings;
import org.knockon.warroom.board.Board;
import org.knockon.warroom.board.BoardSnapshot;
import org.knockon.warroom.board.BoardView.FeedRow;
import org.knockon.warroom.drill.AppointmentsCsv;
import org.knockon.warroom.drill.AppointmentsHtml;
import org.knockon.warroom.drill.AppointmentsView;
import org.knockon.warroom.drill.CellHtml;
import org.knockon.warroom.drill.CellView;
import org.knockon.warroom.drill.CountsHtml;
import org.knockon.warroom.drill.CountsView;
import org.knockon.warroom.drill.OutageHtml;
import org.knockon.warroom.drill.OutageSums;
import org.knockon.warroom.drill.OutageView;
import org.knockon.warroom.drill.OutageViewBuilder;
import org.knockon.warroom.feed.BoardSource;
import org.knockon.warroom.feed.BusyException;
import org.knockon.warroom.feed.PipelineStatus;
import org.knockon.warroom.page.Json;
import org.knockon.warroom.page.PageHeader;

/**
 * The details behind the numbers of the wall: outages, cells and the appointments of an outage. Created for each
 * request.
 */
final class DrillDownHandlers {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String JSON = "application/json";
    private static final String CSV = "text/csv; charset=utf-8; header=present";

    private final RouteHandlers handlers;
    private final BoardSource source;
    private final WarRoomSettings settings;
    private final AuditLog audit;
    private final OutageSumsCache sums;

    DrillDownHandlers(RouteHandlers handlers, BoardSource source, WarRoomSettings settings, LongSupplier wallClock) {
        this.handlers = handlers;
        this.source = source;
        this.settings = settings;
        audit = new AuditLog(wallClock);
        sums = new OutageSumsCache(wallClock);
    }

    void on(JavalinDefaultRoutingApi routes) {
        routes.get("/outage/{key}", request -> send(request, HTML, OutageHtml.page(outage(request))));
        routes.get("/api/v1/outages/{key}", request -> send(request, JSON, Json.of(outage(request))));
        routes.get("/cell", request -> send(request, HTML, CellHtml.page(cell(request))));
        routes.get("/api/v1/cells", request -> send(request, JSON, Json.of(cell(request))));
        routes.get("/outage/{key}/counts", request -> send(request, HTML, CountsHtml.page(counts(request))));
        routes.get("/api/v1/outages/{key}/counts", request -> send(request, JSON, Json.of(counts(request))));
        String rows = "/api/v1/outages/{key}/appointments";
        routes.get(
                "/outage/{key}/appointments", request -> appointments(request, "page", HTML, AppointmentsHtml::page));
        routes.get(rows, request -> appointments(request, "json", JSON, Json::of));
        routes.get(rows + ".csv", request -> appointments(request, "csv", CSV, AppointmentsCsv::of));
    }

    private OutageView outage(Context request) {
        BoardSnapshot snapshot = snapshot(request);
        return OutageViewBuilder.build(request.pathParam("key"), snapshot, head(snapshot), source::statusHistory)
                .orElseThrow(DrillDownHandlers::noSuchOutage);
    }

    private CellView cell(Context request) {
        Cell cell = requestedCell(request);
        BoardSnapshot snapshot = snapshot(request);
        return CellView.of(
                cell, snapshot, head(snapshot), source.history(cell, snapshot.now() - CellView.CURVE, snapshot.now()));
    }

    private static Cell requestedCell(Context request) {
        String name = request.queryParam("dimension");
        Dimension dimension = Stream.of(Dimension.values())
                .filter(known -> known.name().equals(name) && Board.keeps(known))
                .findFirst()
                .orElseThrow(() -> new BadRequestResponse("dimension must be one of "
                        + Stream.of(Dimension.values()).filter(Board::keeps).toList()));
        String key = request.queryParam("key");
        if (dimension == Dimension.ALL) {
            return Cell.ALL;
        }
        if (key == null || key.isBlank()) {
            throw new BadRequestResponse("key must be the value of the cell, such as RJ121/THEATRE");
        }
        if (dimension == Dimension.SLOT_HOUR && SlotHour.parse(key).isEmpty()) {
            throw new BadRequestResponse("key must be an hour with its offset, such as 2022-07-19T14+01:00;"
                    + " encode the + as %2B in a URL");
        }
        return new Cell(dimension, key);
    }

    private void appointments(Context request, String form, String type, Function<AppointmentsView, String> written) {
        BoardSnapshot snapshot = snapshot(request);
        String outageId = request.pathParam("key");
        AppointmentsView view;
        try {
            view = AppointmentsView.of(outageId, snapshot, head(snapshot), () -> source.affected(outageId))
                    .orElseThrow(DrillDownHandlers::noSuchOutage);
        } catch (BusyException e) {
            throw busy(request, e);
        }
        String text = written.apply(view);
        audit.appointmentsSeen(request, form, outageId, view.rows().size());
        request.header("Cache-Control", "no-store").contentType(type).result(text.getBytes(UTF_8));
    }

    private CountsView counts(Context request) {
        BoardSnapshot snapshot = snapshot(request);
        String outageId = request.pathParam("key");
        try {
            return CountsView.of(
                            outageId,
                            snapshot,
                            head(snapshot),
                            () -> sums.of(
                                    outageId,
                                    began -> OutageSums.of(
                                            began, source.affectedToCount(outageId), snapshot.services())))
                    .orElseThrow(DrillDownHandlers::noSuchOutage);
        } catch (BusyException e) {
            throw busy(request, e);
        }
    }

    private static ServiceUnavailableResponse busy(Context request, BusyException why) {
        request.header("Retry-After", "5");
        return new ServiceUnavailableResponse(why.getMessage());
    }

    private BoardSnapshot snapshot(Context request) {
        String at = request.queryParam("at");
        return source.snapshot(at == null ? OptionalLong.empty() : OptionalLong.of(handlers.instant(at)))
                .orElseThrow(() -> new ServiceUnavailableResponse("no data yet: the topics are being read"));
    }

    private PageHeader head(BoardSnapshot snapshot) {
        Long historyFrom = source.timeline().first();
        PipelineStatus pipeline = source.pipeline();
        return new PageHeader(
                settings.exercise().orElse(null),
                Instant.ofEpochMilli(snapshot.now()),
                snapshot.past(),
                historyFrom == null ? null : Instant.ofEpochMilli(historyFrom),
                !snapshot.past() || snapshot.countedUntil() != null,
                snapshot.zone(),
                pipeline.state().name(),
                pipeline.behindSeconds(),
                snapshot.feeds().stream()
                        .filter(feed -> feed.silentSince() != null)
                        .map(FeedRow::monitor)
                        .toList());
    }

    private static NotFoundResponse noSuchOutage() {
        return new NotFoundResponse("no outage with this id had begun at that time");
    }

    private static void send(Context request, String type, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        if (!RouteHandlers.notModified(request, '"' + StaticFiles.hash(bytes) + '"')) {
            request.contentType(type).result(bytes);
        }
    }
}
