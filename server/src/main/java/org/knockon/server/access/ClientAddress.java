package org.knockon.server.access;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import org.knockon.server.connection.AddressBlock;

/** The client address of a request, for counting by address. */
public final class ClientAddress {

    private ClientAddress() {}

    /**
     * The {@linkplain AddressBlock block} of the address.
     *
     * @param behindProxy whether to use X-Forwarded-For: its last entry, because only that one comes from the proxy
     *     itself
     */
    public static String of(Context request, boolean behindProxy) {
        List<String> lines =
                behindProxy ? Collections.list(request.req().getHeaders("X-Forwarded-For")) : List.<String>of();
        String written = lines.isEmpty() ? "" : bare(lines.get(lines.size() - 1));
        return AddressBlock.of(written.isEmpty() ? request.ip() : written);
    }

    /** Without the port, which some proxies add and which differs for each connection. */
    private static String bare(String line) {
        return line.substring(line.lastIndexOf(',') + 1)
                .trim()
                .replaceFirst("^\\[(.*)](:\\d+)?$", "$1")
                .replaceFirst("^([^:]+):\\d+$", "$1");
    }
}
