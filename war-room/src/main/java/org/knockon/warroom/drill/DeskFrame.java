package org.knockon.warroom.drill;

import static j2html.TagCreator.a;
import static j2html.TagCreator.each;
import static j2html.TagCreator.li;
import static j2html.TagCreator.link;
import static j2html.TagCreator.ul;
import static java.nio.charset.StandardCharsets.UTF_8;

import j2html.tags.DomContent;
import j2html.tags.specialized.SectionTag;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import org.knockon.warroom.page.Frame;
import org.knockon.warroom.page.Isolated;
import org.knockon.warroom.page.PageHeader;
import org.knockon.warroom.page.Words;

/** The frame of every page of the desk: how fresh its numbers are, and links that keep the time looked back at. */
final class DeskFrame extends Frame {

    private final PageHeader head;

    DeskFrame(PageHeader head) {
        super(head.exercise(), head.asOf(), head.fromHistory(), head.zone());
        this.head = head;
    }

    /** @param links other forms and pages, in addition to those on every page */
    String page(String title, List<DomContent> links, List<SectionTag> sections) {
        List<DomContent> all = new ArrayList<>(links);
        all.add(a("Incident report").withHref(address("/report")));
        all.add(a("Wall display").withHref(address("/wall")));
        return document(
                marked(title),
                List.of(
                        link().withRel("icon").withHref("/assets/icon.svg"),
                        link().withRel("stylesheet").withHref("/assets/report.css"),
                        link().withRel("stylesheet").withHref("/assets/drill.css")),
                List.of(ul(each(freshness(), sentence -> li(Isolated.html(sentence))))
                        .withId("fresh")),
                all,
                sections,
                List.of());
    }

    /** A page does not update itself, so it says how far its numbers could be trusted when it was made. */
    private List<String> freshness() {
        List<String> sentences = new ArrayList<>();
        if (!head.counted()) {
            sentences.add(noHistory());
        }
        if (head.fromHistory()) {
            return sentences;
        }
        String behind = Words.number(head.behindSeconds()) + " s behind.";
        sentences.add(
                switch (head.counting()) {
                    case "RUNNING" ->
                        head.behindSeconds() < 10 ? "All input had been counted." : "Counting was " + behind;
                    case "REBALANCING" -> "Counting was catching up, " + behind;
                    case "STOPPED" -> "Counting had stopped: these are the last numbers.";
                    case "SLOW" -> "The progress of counting is unknown: the broker responds slowly.";
                    default -> "The progress of counting is unknown: no response from the broker.";
                });
        head.silentMonitors()
                .forEach(monitor -> sentences.add(
                        "The monitor " + Isolated.name(monitor) + " was silent: every number is a lower bound."));
        sentences.add("This page does not update itself: reload it for newer numbers.");
        return sentences;
    }

    /** Why there are no numbers for this time. */
    String noHistory() {
        return head.historyFrom() == null
                ? "There is no history yet, so there are no numbers for this time."
                : "The history starts at " + localTime(head.historyFrom()) + ", so there are no numbers for this time.";
    }

    /** The address with the time looked back at, if any. */
    String address(String path) {
        if (!head.fromHistory()) {
            return path;
        }
        int hash = path.indexOf('#');
        String plain = hash < 0 ? path : path.substring(0, hash);
        return plain + (plain.contains("?") ? "&" : "?") + "at=" + head.asOf() + (hash < 0 ? "" : path.substring(hash));
    }

    static String outage(String outageId) {
        return "/outage/" + encoded(outageId);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
