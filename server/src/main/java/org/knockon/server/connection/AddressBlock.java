package org.knockon.server.connection;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The unit of limits per address: an IPv4 address, or the 64-bit network of an IPv6 address, because one host may use all of
 * it. */
public final class AddressBlock {

    private static final int NETWORK_BYTES = 8;

    /** Only of this form: any other text could be looked up as the name of a host. */
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private AddressBlock() {}

    /** The first address of the block. */
    static InetAddress of(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // of a wrong length only
        }
    }

    /** The same for the text of an address; text that is not an IPv6 address stays as it is. */
    public static String of(String address) {
        String bare = address.replaceFirst("%.*", "");
        if (!IPV6.matcher(bare).matches()) {
            return address;
        }
        try {
            return of(InetAddress.getByName(bare)).getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
