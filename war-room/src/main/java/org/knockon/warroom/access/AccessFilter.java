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
import org.knockon.server.access.ClientAddress;
import org.knockon.server.access.RateLimit;
import org.knockon.server.tls.ServerTls;

/**
 * Authorizes every request before routing. {@code /health/} is open to all. Reading anything else requires {@link
 * Role#VIEWER}, rows of appointments require {@link Role#REBOOKING}, and changing anything requires {@link
 * Role#FACILITATOR}. HEAD is treated like GET.
 */
public final class AccessFilter {

    /**
     * Requests per address and minute, without probes and the page's own files: opening the page takes about twenty of
     * those.
     */
    static final int MAX_REQUESTS = 1_200;

    private static final String CALLER = "knockon.caller";
    private static final String PROBES = "/health/";
    private static final String FILES = "/assets/";
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final AccessSettings settings;
    private final Optional<ServerTls> tls;
    private final Optional<Authenticator> authenticator;
    private final RateLimit requests;
    private final PasswordThrottle passwords;
    private final DisplayCookie cookie;

    /**
     * @param clock milliseconds
     * @throws IllegalArgumentException if the access file cannot be read
     */
    public AccessFilter(AccessSettings settings, Optional<ServerTls> tls, LongSupplier clock) {
        this.settings = settings;
        this.tls = tls;
        authenticator = settings.file().map(file -> new Authenticator(new AccessFileWatcher(file, clock)));
        requests = new RateLimit(clock);
        passwords = new PasswordThrottle(clock);
        cookie = new DisplayCookie(settings.secure());
    }

    /** Puts this filter before all of these routes. */
    public void guard(JavalinDefaultRoutingApi routes) {
        routes.before(this::admit);
    }

    /** The caller of an admitted request. */
    public static Caller caller(Context request) {
        Caller known = request.attribute(CALLER);
        return known == null ? Caller.LOCAL : known;
    }

    /** Whether the caller's access has not changed since the request was admitted. */
    public boolean stillValid(Caller caller) {
        return authenticator.isEmpty() || authenticator.get().stillValid(caller);
    }

    /** A response that says when to retry. */
    public static TooManyRequestsResponse tooMany(Context request, String why) {
        request.header("Retry-After", Integer.toString(RateLimit.RETRY_SECONDS));
        return new TooManyRequestsResponse(why);
    }

    private void admit(Context request) {
        if (settings.secure()) {
            request.header("Strict-Transport-Security", "max-age=31536000");
        }
        boolean probe = request.path().startsWith(PROBES);
        requireOwnHost(request, probe);
        if (!reads(request)) {
            requireOwnPage(request);
        }
        if (authenticator.isPresent()) {
            if (!probe && !request.path().startsWith(FILES) && requests.count(address(request)) > MAX_REQUESTS) {
                throw tooMany(request, "too many requests");
            }
            if (!probe) {
                authorise(request, authenticator.get());
            }
        }
    }

    private void authorise(Context request, Authenticator callers) {
        Optional<String> token = cookie.fromUrl(request);
        if (token.isPresent()) {
            if (callers.display(token.get()).isEmpty()) {
                // Not counted as a guess: any page could put a wrong token into the URL of an image.
                throw new UnauthorizedResponse("this display has no access: its address needs a new token");
            }
            cookie.exchange(request, token.get());
            return;
        }
        Caller caller = identify(request, callers);
        Role needed = needed(request);
        if (!caller.may(needed)) {
            throw forbidden(request, needed);
        }
        request.attribute(CALLER, caller);
    }

    private Caller identify(Context request, Authenticator callers) {
        String header = request.header("Authorization");
        Optional<Caller> caller = header == null ? Optional.empty() : byHeader(request, callers, header);
        Optional<String> token = cookie.fromCookie(request);
        if (caller.isEmpty() && token.isPresent()) {
            // A revoked token is not counted as a guess: the display would lock out all that share its address.
            caller = callers.display(token.get());
            if (caller.isEmpty() && navigates(request)) {
                // A wall must not show a login prompt. The next request, without the cookie, gets one.
                cookie.drop(request);
                throw new UnauthorizedResponse("the access of this display has ended");
            }
        }
        return caller.orElseThrow(() -> unauthenticated(request));
    }

    /** Wrong tokens are not counted: 256 bits cannot be guessed. */
    private Optional<Caller> byHeader(Context request, Authenticator callers, String header) {
        Optional<Caller> caller = callers.program(header).or(() -> callers.remembered(header));
        return caller.isPresent() || !Authenticator.isPassword(header)
                ? caller
                : passwords.check(request, address(request), header, callers);
    }

    private static Role needed(Context request) {
        // The same text by which the router finds the route, so that no spelling of the path gets around this check.
        String path = request.path();
        boolean rows =
                (path.startsWith("/outage/") || path.startsWith("/api/v1/outages/")) && path.contains("/appointments");
        return !reads(request) ? Role.FACILITATOR : rows ? Role.REBOOKING : Role.VIEWER;
    }

    private static boolean reads(Context request) {
        return request.method().equals(HandlerType.GET) || request.method().equals(HandlerType.HEAD);
    }

    /**
     * Against DNS rebinding: a page of another site must not reach this server by a host name that it points here.
     * Proxies check this themselves.
     */
    private void requireOwnHost(Context request, boolean probe) {
        String host = Optional.ofNullable(request.host())
                .orElse("")
                .replaceFirst(":\\d*$", "")
                .toLowerCase(Locale.ROOT);
        boolean ours = settings.behindTlsProxy()
                || LOOPBACK_NAMES.contains(host)
                || tls.filter(certificate -> probe || certificate.names(host)).isPresent();
        if (!ours) {
            throw new BadRequestResponse("the host of the address is not a name of this server");
        }
    }

    /**
     * Against cross-site request forgery: a browser sends cookies and passwords with requests of any site, but names
     * the site.
     */
    private void requireOwnPage(Context request) {
        String origin = request.header("Origin");
        String site = request.header("Sec-Fetch-Site");
        String schemes = settings.secure() ? "^https://" : "^https?://";
        boolean ours = origin == null || origin.replaceFirst(schemes, "").equals(request.host());
        boolean sameOrigin = site == null || site.equals("same-origin");
        if (!ours || !sameOrigin || (origin == null && site == null)) {
            throw new ForbiddenResponse(
                    "only this server's own page may do that; a program must send the server's address as Origin");
        }
    }

    private static RuntimeException forbidden(Context request, Role needed) {
        String why = "this needs the role " + needed.word();
        // A person may log in on a browser that is a display as well.
        boolean canLogIn =
                request.header("Authorization") == null && "navigate".equals(request.header("Sec-Fetch-Mode"));
        return canLogIn ? loginPrompt(request, why) : new ForbiddenResponse(why);
    }

    private static UnauthorizedResponse unauthenticated(Context request) {
        String why = "a password or token is needed";
        return navigates(request) ? loginPrompt(request, why) : new UnauthorizedResponse(why);
    }

    private static UnauthorizedResponse loginPrompt(Context request, String why) {
        request.header("WWW-Authenticate", "Basic realm=\"Knock-on war room\", charset=\"UTF-8\"");
        return new UnauthorizedResponse(why);
    }

    /** Whether the browser opens a page, as opposed to a request by a script. Assumed if it does not say. */
    private static boolean navigates(Context request) {
        String mode = request.header("Sec-Fetch-Mode");
        return mode == null || mode.equals("navigate");
    }

    private String address(Context request) {
        return ClientAddress.of(request, settings.behindTlsProxy());
    }
}
