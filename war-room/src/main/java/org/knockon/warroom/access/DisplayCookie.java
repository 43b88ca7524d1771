package org.knockon.warroom.access;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/** Takes the token of a display out of the address and keeps it where neither a script nor another site gets at it. */
final class DisplayCookie {

    private static final String WALL = "/wall";
    private static final String TOKEN = "token";
    private static final String MODE = "mode";
    private static final int SECONDS = 400 * 24 * 3600;

    private final boolean secure;
    private final String name;

    /** @param secure whether browsers come by HTTPS alone */
    DisplayCookie(boolean secure) {
        this.secure = secure;
        name = secure ? "__Host-knockon-display" : "knockon-display";
    }

    /** The token in the address. */
    Optional<String> offered(Context request) {
        return request.path().matches(WALL + "/?") ? Optional.ofNullable(request.queryParam(TOKEN)) : Optional.empty();
    }

    /** The token in the cookie. */
    Optional<String> kept(Context request) {
        return Optional.ofNullable(request.cookie(name));
    }

    void drop(Context request) {
        request.cookie(cookie("", 0));
    }

    /** Answers with the cookie, and leads to the same page without the token. */
    void exchange(Context request, String token) {
        request.cookie(cookie(token, SECONDS)).header("Cache-Control", "no-store");
        String site = request.header("Sec-Fetch-Site");
        if (site != null && site.endsWith("-site")) {
            // Where a link on another site led here, a redirect would still be that site's doing and go without the
            // cookie.
            // Nothing but the mode is taken along, for the speed of a replay is no other site's business.
            String there = address(request, true);
            request.contentType("text/html; charset=utf-8")
                    .header("Refresh", "0; url=" + there)
                    .result(
                            "<!doctype html><html lang=\"en-GB\"><title>Care postponed by IT outages</title><p><a href=\""
                                    + there + "\">To the wall</a></p></html>");
        } else {
            request.redirect(address(request, false), HttpStatus.SEE_OTHER);
        }
        request.skipRemainingHandlers();
    }

    private Cookie cookie(String value, int seconds) {
        return new Cookie(name, value, "/", seconds, secure, true, null, SameSite.STRICT);
    }

    private static String address(Context request, boolean modeAlone) {
        String query = request.queryParamMap().entrySet().stream()
                .filter(each ->
                        modeAlone ? each.getKey().equals(MODE) : !each.getKey().equals(TOKEN))
                .flatMap(each -> each.getValue().stream().map(value -> encode(each.getKey()) + "=" + encode(value)))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? WALL : WALL + "?" + query;
    }

    /** Letters, digits and {@code .-*_+%} are left, none of which means anything in HTML. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
