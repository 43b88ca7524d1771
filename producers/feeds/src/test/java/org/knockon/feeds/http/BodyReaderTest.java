package org.knockon.feeds.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class BodyReaderTest {

    private final BodyReader reader = new BodyReader();

    @Test
    void readsPlainAndPackedBodies() throws IOException {
        assertThat(read("body".getBytes(UTF_8), null, 4).content()).isEqualTo("body".getBytes(UTF_8));
        assertThat(read(packed("body".getBytes(UTF_8)), "GZIP", 4).content()).isEqualTo("body".getBytes(UTF_8));
        assertThat(read(new byte[4], "br", 4).problem()).isEqualTo(BodyReader.Problem.ENCODING);
        assertThatThrownBy(() -> read("no gzip".getBytes(UTF_8), "gzip", 100)).isInstanceOf(ZipException.class);
    }

    @Test
    void countsBytesAfterUnpacking() throws IOException {
        assertThat(read(new byte[5], null, 4).problem()).isEqualTo(BodyReader.Problem.TOO_LARGE);
        assertThat(read(packed(new byte[1_000_000]), "gzip", 999_999).problem())
                .isEqualTo(BodyReader.Problem.TOO_LARGE);
    }

    @Test
    void holdsNoMoreThanItsMemory() throws IOException {
        byte[] large = new byte[BodyReader.MOST_BYTES / 4];
        List<BodyReader.Body> held = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            held.add(read(large, null, large.length));
        }
        assertThat(held).extracting(BodyReader.Body::problem).containsOnly(BodyReader.Problem.NONE);
        try (BodyReader.Body more = read(new byte[1], null, 1)) {
            assertThat(more.problem()).isEqualTo(BodyReader.Problem.BUSY);
        }

        held.get(0).close();

        assertThat(read(large, null, large.length).problem()).isEqualTo(BodyReader.Problem.NONE);
    }

    private BodyReader.Body read(byte[] body, String encoding, int atMost) throws IOException {
        return reader.read(new ByteArrayInputStream(body), encoding, atMost);
    }

    private static byte[] packed(byte[] body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(body);
        }
        return packed.toByteArray();
    }
}
