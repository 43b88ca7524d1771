package org.knockon.warroom.access;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HandlerType;
import io.javalin.http.TooManyRequestsResponse;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Lets in who may, before any route answers. {@code /health/} is open to all; to read anything else asks for {@link Role#VIEWER}, rows of
 * appointments for {@link Role#REBOOKING}, and to change anything for {@link Role#FACILITATOR}. HEAD is asked what GET is.
 */
public final class AccessFilter {

    /** Requests of one address in a minute, probes and files of the page left out: it asks for some twenty of them whenever it is opened. */
    static final int MOST_REQUESTS = 1_200;

    private static final String CALLER = "knockon.caller";
    private static final String PROBES = "/health/";
    private static final String FILES = "/assets/";
    private static final Set<String> OUR_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final AccessSettings settings;
    private final Optional<TlsConnector> tls;
    private final Optional<Authenticator> callers;
    private final RateLimit requests;
    private final PasswordThrottle guesses;
    private final DisplayCookie cookie;

    /**
     * @param clock milliseconds
     * @throws IllegalArgumentException when the access file cannot be read
     */
    public AccessFilter(AccessSettings settings, Optional<TlsConnector> tls, LongSupplier clock) {
        this.settings = settings;
        this.tls = tls;
        callers = settings.file().map(file -> new Authenticator(new AccessFileWatcher(file, clock)));
        requests = new RateLimit(clock);
        guesses = new PasswordThrottle(clock);
        cookie = new DisplayCookie(settings.secure());
    }

    /** Stands before every route of these. */
    public void guard(JavalinDefaultRoutingApi routes) {
        routes.before(this::admit);
    }

    /** Who sent a request that was let in. */
    public static Caller caller(Context request) {
        Caller known = request.attribute(CALLER);
        return known == null ? Caller.LOCAL : known;
    }

    /** Whether the caller's access still is what it was when the request was let in. */
    public boolean still(Caller caller) {
        return callers.isEmpty() || callers.get().still(caller);
    }

    /** A response that tells when to come again. */
    public static TooManyRequestsResponse tooMany(Context request, String why) {
        request.header("Retry-After", Integer.toString(RateLimit.RETRY_SECONDS));
        return new TooManyRequestsResponse(why);
    }

    private void admit(Context request) {
        if (settings.secure()) {
            request.header("Strict-Transport-Security", "max-age=31536000");
        }
        boolean probe = request.path().startsWith(PROBES);
        onlyByOurName(request, probe);
        if (!reads(request)) {
            onlyFromOurPage(request);
        }
        if (callers.isPresent()) {
            if (!probe && !request.path().startsWith(FILES) && requests.count(address(request)) > MOST_REQUESTS) {
                throw tooMany(request, "too many requests");
            }
            if (!probe) {
                ask(request, callers.get());
            }
        }
    }

    private void ask(Context request, Authenticator all) {
        Optional<String> token = cookie.offered(request);
        if (token.isPresent()) {
            if (all.display(token.get()).isEmpty()) {
                // No guessing either: any page could name a wrong token in the address of a picture.
                throw new UnauthorizedResponse(
                        "this display has no access, or no longer: its address needs a new token");
            }
            cookie.exchange(request, token.get());
            return;
        }
        Caller caller = known(request, all);
        Role needed = needed(request);
        if (!caller.may(needed)) {
            throw refused(request, needed);
        }
        request.attribute(CALLER, caller);
    }

    private Caller known(Context request, Authenticator all) {
        String header = request.header("Authorization");
        Optional<Caller> caller = header == null ? Optional.empty() : authorised(request, all, header);
        Optional<String> kept = cookie.kept(request);
        if (caller.isEmpty() && kept.isPresent()) {
            // One that was revoked is no attempt at guessing: a display would lock out all that share its address.
            caller = all.display(kept.get());
            if (caller.isEmpty() && navigates(request)) {
                // A wall shall not show a box to type in. A person is asked on the next try.
                cookie.drop(request);
                throw new UnauthorizedResponse("the access of this display has ended");
            }
        }
        return caller.orElseThrow(() -> unknown(request));
    }

    /** A wrong token is never counted: nobody guesses 256 bits. */
    private Optional<Caller> authorised(Context request, Authenticator all, String header) {
        Optional<Caller> caller = all.program(header).or(() -> all.remembered(header));
        return caller.isPresent() || !Authenticator.isPassword(header)
                ? caller
                : guesses.hear(request, address(request), header, all);
    }

    private static Role needed(Context request) {
        // The same text that the routes are found by, so that no way of writing it leads round this.
        String path = request.path();
        boolean rows =
                (path.startsWith("/outage/") || path.startsWith("/api/v1/outages/")) && path.contains("/appointments");
        return !reads(request) ? Role.FACILITATOR : rows ? Role.REBOOKING : Role.VIEWER;
    }

    private static boolean reads(Context request) {
        return request.method().equals(HandlerType.GET) || request.method().equals(HandlerType.HEAD);
    }

    /** A page of another site may not reach us by a host name that it points here. Which names a proxy answers to is its own matter. */
    private void onlyByOurName(Context request, boolean probe) {
        String host = Optional.ofNullable(request.host())
                .orElse("")
                .replaceFirst(":\\d*$", "")
                .toLowerCase(Locale.ROOT);
        boolean ours = settings.behindTlsProxy()
                || OUR_NAMES.contains(host)
                || tls.filter(certificate -> probe || certificate.names(host)).isPresent();
        if (!ours) {
            throw new BadRequestResponse("the host of the address is none of this server's names");
        }
    }

    /** A browser says on every such request where it comes from, and sends cookies and passwords along whoever made it send it. */
    private void onlyFromOurPage(Context request) {
        String origin = request.header("Origin");
        String site = request.header("Sec-Fetch-Site");
        String schemes = settings.secure() ? "^https://" : "^https?://";
        boolean ours = origin == null || origin.replaceFirst(schemes, "").equals(request.host());
        boolean sameOrigin = site == null || site.equals("same-origin");
        if (!ours || !sameOrigin || (origin == null && site == null)) {
            throw new ForbiddenResponse(
                    "only this server's own page may do that; a program sends its address as Origin");
        }
    }

    private static RuntimeException refused(Context request, Role needed) {
        String why = "this needs the role " + needed.word();
        // A person at a browser that is a display as well may still say who they are.
        boolean askable =
                request.header("Authorization") == null && "navigate".equals(request.header("Sec-Fetch-Mode"));
        return askable ? asked(request, why) : new ForbiddenResponse(why);
    }

    private static UnauthorizedResponse unknown(Context request) {
        String why = "a password or token is needed";
        return navigates(request) ? asked(request, why) : new UnauthorizedResponse(why);
    }

    private static UnauthorizedResponse asked(Context request, String why) {
        request.header("WWW-Authenticate", "Basic realm=\"Knock-on war room\", charset=\"UTF-8\"");
        return new UnauthorizedResponse(why);
    }

    /** Whether a page is opened, and not asked for by a script, as far as is said. */
    private static boolean navigates(Context request) {
        String mode = request.header("Sec-Fetch-Mode");
        return mode == null || mode.equals("navigate");
    }

    private String address(Context request) {
        return ClientAddress.of(request, settings.behindTlsProxy());
    }
}
