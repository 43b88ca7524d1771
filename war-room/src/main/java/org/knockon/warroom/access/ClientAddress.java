package org.knockon.warroom.access;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import org.knockon.warroom.door.AddressBlock;

/** Where a request comes from, as far as it is counted by address. */
final class ClientAddress {

    private ClientAddress() {}

    /**
     * The {@linkplain AddressBlock block} of its address.
     *
     * @param behindProxy whether a proxy's word is taken: of all lines and entries the last, for only that one it wrote itself
     */
    static String of(Context request, boolean behindProxy) {
        List<String> lines =
                behindProxy ? Collections.list(request.req().getHeaders("X-Forwarded-For")) : List.<String>of();
        String written = lines.isEmpty() ? "" : bare(lines.get(lines.size() - 1));
        return AddressBlock.of(written.isEmpty() ? request.ip() : written);
    }

    /** Some proxies write the port as well: it is another one for each connection. */
    private static String bare(String line) {
        return line.substring(line.lastIndexOf(',') + 1)
                .trim()
                .replaceFirst("^\\[(.*)](:\\d+)?$", "$1")
                .replaceFirst("^([^:]+):\\d+$", "$1");
    }
}
