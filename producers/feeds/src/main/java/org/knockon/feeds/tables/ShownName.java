package org.knockon.feeds.tables;

import java.util.regex.Pattern;

/** Which names of a message may be shown to those who write the rules: codes, for a text may spell out an address. */
public final class ShownName {

    private static final Pattern CODE = Pattern.compile("[A-Z0-9^&_-]{1,40}");

    private ShownName() {}

    public static boolean accepts(String name) {
        return CODE.matcher(name).matches();
    }
}
