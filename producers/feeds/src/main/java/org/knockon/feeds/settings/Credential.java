package org.knockon.feeds.settings;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.knockon.server.access.Tokens;

/**
 * What a sender must show. Only its hash is kept.
 *
 * @param scheme of the header {@code Authorization}: Bearer or Basic
 * @param hash of the token, or of name, colon and password
 */
public record Credential(String scheme, String hash) {

    private static final String BEARER = "Bearer";
    private static final String BASIC = "Basic";

    static Credential token(String token) {
        return new Credential(BEARER, Tokens.hash(token));
    }

    static Credential login(Login login) {
        return new Credential(BASIC, Tokens.hash(login.user() + ":" + login.password()));
    }

    /**
     * Whether a request with this header may be accepted. Takes the same time for every wrong token of one length.
     *
     * @param header value of {@code Authorization}; null if the request has none
     */
    public boolean accepts(String header) {
        if (header == null || !header.regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1)) {
            return false;
        }
        String shown = header.substring(scheme.length() + 1).strip();
        if (scheme.equals(BEARER)) {
            return Tokens.same(hash, Tokens.hash(shown));
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(shown);
            return Tokens.same(hash, Tokens.hash(new String(decoded, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "Credential[" + scheme + "]";
    }
}
