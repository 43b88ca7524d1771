package org.knockon.server.connection;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/** Headers of every response, including the server's own errors. */
public final class ResponseHeaders implements HttpConfiguration.Customizer {

    /** A browser may load from and connect to this origin only. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, String> headers = new LinkedHashMap<>();

    /** @param secure whether browsers connect by HTTPS */
    public ResponseHeaders(boolean secure) {
        headers.put("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        headers.put("Cache-Control", "no-cache");
        if (secure) {
            headers.put("Strict-Transport-Security", "max-age=31536000");
        }
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        addTo(responseHeaders);
        return request;
    }

    void addTo(HttpFields.Mutable responseHeaders) {
        headers.forEach(responseHeaders::put);
    }
}
