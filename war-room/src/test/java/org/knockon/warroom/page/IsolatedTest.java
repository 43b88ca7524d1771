package org.knockon.warroom.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IsolatedTest {

    @Test
    void isolatesEachName() {
        String ours = "The monitor " + Isolated.name("a<b") + " follows " + Isolated.name("c") + ".";

        assertThat(Isolated.html(ours).render()).isEqualTo("The monitor <bdi>a&lt;b</bdi> follows <bdi>c</bdi>.");
    }

    @Test
    void preventsNamesFromReorderingText() {
        String name = Isolated.html("on " + Isolated.name("PAS\u202eevil\u2069 \u2068\u0007") + " since")
                .render();

        assertThat(name).isEqualTo("on <bdi>PAS\ufffdevil\ufffd \ufffd\ufffd</bdi> since");
    }

    @Test
    void keepsLettersOfEveryDirection() {
        assertThat(Isolated.html(Isolated.name("\u05d1\u05d9\u05ea \u062d")).render())
                .isEqualTo("<bdi>\u05d1\u05d9\u05ea \u062d</bdi>");
    }
}
