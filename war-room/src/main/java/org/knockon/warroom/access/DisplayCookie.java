package org.knockon.warroom.access;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/** Moves the token of a display from the URL into a cookie that neither scripts nor other sites can read. */
final class DisplayCookie {

    private static final String WALL = "/wall";
    private static final String TOKEN = "token";
    private static final String MODE = "mode";
    private static final int SECONDS = 400 * 24 * 3600;

    private final boolean secure;
    private final String name;

    /** @param secure whether browsers connect by HTTPS only */
    DisplayCookie(boolean secure) {
        this.secure = secure;
        name = secure ? "__Host-knockon-display" : "knockon-display";
    }

    /** The token in the URL. */
    Optional<String> fromUrl(Context request) {
        return request.path().matches(WALL + "/?") ? Optional.ofNullable(request.queryParam(TOKEN)) : Optional.empty();
    }

    /** The token in the cookie. */
    Optional<String> fromCookie(Context request) {
        return Optional.ofNullable(request.cookie(name));
    }

    void drop(Context request) {
        request.cookie(cookie("", 0));
    }

    /** Responds with the cookie and redirects to the same page without the token. */
    void exchange(Context request, String token) {
        request.cookie(cookie(token, SECONDS)).header("Cache-Control", "no-store");
        String site = request.header("Sec-Fetch-Site");
        if (site != null && site.endsWith("-site")) {
            // After a link on another site, the browser would follow a redirect without the cookie, so the page
            // refreshes itself. Only the mode is kept: another site must not set the speed of a replay.
            String there = address(request, true);
            request.contentType("text/html; charset=utf-8")
                    .header("Refresh", "0; url=" + there)
                    .result(
                            "<!doctype html><html lang=\"en-GB\"><title>Care postponed by IT outages</title><p><a href=\""
                                    + there + "\">Wall display</a></p></html>");
        } else {
            request.redirect(address(request, false), HttpStatus.SEE_OTHER);
        }
        request.skipRemainingHandlers();
    }

    private Cookie cookie(String value, int seconds) {
        return new Cookie(name, value, "/", seconds, secure, true, null, SameSite.STRICT);
    }

    private static String address(Context request, boolean modeOnly) {
        String query = request.queryParamMap().entrySet().stream()
                .filter(each ->
                        modeOnly ? each.getKey().equals(MODE) : !each.getKey().equals(TOKEN))
                .flatMap(each -> each.getValue().stream().map(value -> encode(each.getKey()) + "=" + encode(value)))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? WALL : WALL + "?" + query;
    }

    /** Only letters, digits and {@code .-*_+%} remain, none of which is special in HTML. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
