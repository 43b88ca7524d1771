package org.knockon.server.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * The server's own errors: status code and its standard text. Nothing about the request, an exception or the server's
 * version.
 */
public final class PlainErrors extends ErrorHandler {

    private static final String PLAIN = "text/plain; charset=utf-8";

    private final ResponseHeaders headers;

    public PlainErrors(ResponseHeaders headers) {
        this.headers = headers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        headers.addTo(response.getHeaders());
        // Jetty ends the connection after a request that it could not read. A client that is not warned would lose its
        // next
        // request.
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, PLAIN);
        response.write(true, ByteBuffer.wrap(text(response.getStatus()).getBytes(UTF_8)), callback);
        return true;
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    /** For unknown paths and methods: Javalin's own message would repeat them. */
    public static void respond(Context request, io.javalin.http.HttpStatus status) {
        request.status(status).contentType(PLAIN).result(text(status.getCode()));
    }

    private static String text(int status) {
        return status + " " + HttpStatus.getMessage(status);
    }
}
