package org.knockon.server.access;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The address that a server listens on. */
public final class BindAddress {

    private BindAddress() {}

    /** Whether only programs of this machine can connect. False for a name that cannot be resolved. */
    public static boolean loopback(String bind) {
        try {
            return InetAddress.getByName(bind).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
