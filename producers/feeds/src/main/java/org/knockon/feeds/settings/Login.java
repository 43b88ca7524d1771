package org.knockon.feeds.settings;

/** Name and password with which we log in. */
public record Login(String user, String password) {

    /** Without the password, which must not appear in a log. */
    @Override
    public String toString() {
        return "Login[" + user + "]";
    }
}
