package org.knockon.cli.doctor;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import org.knockon.server.tls.PemCertificates;

/** Whether certificates are valid now, and for how long. */
final class CertificateChecks {

    /** A certificate that ends sooner is a warning. */
    private static final Duration SOON = Duration.ofDays(14);

    private CertificateChecks() {}

    /** The chain in a file: it fails with the first of its certificates that is not valid. */
    static Check chain(String owner, Path file, Instant now) {
        String what = "certificate of " + owner;
        try {
            return of(what, file.toString(), PemCertificates.list(file), now);
        } catch (IllegalArgumentException changedMeanwhile) {
            return Check.unavailable(what, changedMeanwhile.getMessage());
        }
    }

    /** Authorities in a file: each counts by itself. */
    static Check authorities(String owner, Path file, Instant now) {
        String what = "authorities of " + owner;
        try {
            return authorities(what, file.toString(), PemCertificates.list(file), now);
        } catch (IllegalArgumentException changedMeanwhile) {
            return Check.unavailable(what, changedMeanwhile.getMessage());
        }
    }

    private static Check authorities(String what, String where, List<X509Certificate> all, Instant now) {
        List<X509Certificate> valid = all.stream()
                .filter(certificate ->
                        !of(what, where, List.of(certificate), now).result().failed())
                .toList();
        if (valid.isEmpty()) {
            return of(what, where, all, now);
        }
        return valid.size() < all.size()
                ? Check.warning(
                        what, where + ": " + (all.size() - valid.size()) + " of " + all.size() + " are not valid now")
                : of(what, where, all, now);
    }

    /** @param chain at least one certificate */
    static Check of(String what, String where, List<X509Certificate> chain, Instant now) {
        Instant from = chain.stream()
                .map(certificate -> certificate.getNotBefore().toInstant())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Instant until = chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        if (now.isBefore(from)) {
            return Check.unavailable(what, where + " is not valid before " + date(from));
        }
        if (!now.isBefore(until)) {
            return Check.unavailable(what, where + " expired on " + date(until));
        }
        Duration left = Duration.between(now, until);
        return left.compareTo(SOON) < 0
                ? Check.warning(what, where + " expires on " + date(until) + ", in " + left.toDays() + " days")
                : Check.ok(what, where + " is valid until " + date(until));
    }

    private static LocalDate date(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
