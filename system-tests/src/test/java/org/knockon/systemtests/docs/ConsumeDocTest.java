package org.knockon.systemtests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The examples in docs/consume.md are the code that NodeConsumerIT runs. */
class ConsumeDocTest {

    private static final Path DOCS = Document.ROOT.resolve("docs");

    private final String page = Files.readString(DOCS.resolve("consume.md"));

    ConsumeDocTest() throws IOException {}

    @Test
    void quotesTheNodeExampleWordForWord() throws IOException {
        assertThat(page)
                .contains("```js\n" + Files.readString(DOCS.resolve("examples/node-consumer/consume.mjs")) + "```");
    }

    @Test
    void quotesTheJavaExampleWordForWord() throws IOException {
        String source = Files.readString(Path.of("src/test/java/org/knockon/systemtests/docs/CountsReader.java"));
        String example = source.substring(
                source.indexOf("// example\n") + "// example\n".length(), source.indexOf("    // end of example"));

        assertThat(page).contains("```java\n" + example.stripTrailing().stripIndent() + "\n```");
    }
}
