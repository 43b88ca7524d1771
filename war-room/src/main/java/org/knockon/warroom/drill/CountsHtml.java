package org.knockon.warroom.drill;

import static j2html.TagCreator.a;
import static j2html.TagCreator.each;
import static j2html.TagCreator.p;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.text;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import org.knockon.warroom.page.Frame;
import org.knockon.warroom.page.Isolated;

/** The page of the counts of one outage by category and by specialty. */
public final class CountsHtml {

    private final CountsView view;
    private final Frame frame;

    private CountsHtml(CountsView view) {
        this.view = view;
        frame = new Frame(view.head());
    }

    public static String page(CountsView view) {
        return new CountsHtml(view).page();
    }

    private String page() {
        String outage = Frame.encoded(view.outageId());
        return frame.page(
                "Counts of an outage: " + Isolated.name(view.system()),
                List.of(
                        a("The same as JSON").withHref(frame.address("/api/v1/outages/" + outage + "/counts")),
                        a("The outage").withHref(frame.address(Frame.outage(view.outageId())))),
                List.of(
                        Frame.part("about", "About these counts", about()),
                        Frame.part(
                                "categories",
                                "By category",
                                frame.counted(
                                        "This outage by category (known and presumed are never added)",
                                        List.of("Category"),
                                        Frame.sums(view.byCategory(), true))),
                        Frame.part(
                                "specialties",
                                "By specialty",
                                frame.counted(
                                        "This outage by specialty (known and presumed are never added)",
                                        List.of("Treatment function code"),
                                        Frame.sums(view.bySpecialty(), false)))));
    }

    private DomContent about() {
        List<DomContent> said = new ArrayList<>();
        if (view.cut()) {
            said.add(p(strong("CUT: the outage has more appointments than can be counted here at once, or records that"
                            + " cannot be read; these are the counts of some of them."))
                    .withClass("cut"));
        }
        said.add(p(
                "The appointments this outage had a part in, and no other. One appointment may be hit by several outages,"
                        + " so numbers of outages are not to be added up."));
        said.add(p(
                        text("Added up at "),
                        frame.moment(view.readAt()),
                        text(" by the clock of the server; whoever asks within 30 seconds sees the same counts."))
                .withId("read"));
        if (view.head().fromHistory()) {
            said.add(
                    p("The counts are as they stand now, whatever time is looked back at: their topic keeps no past."));
        }
        return each(said, one -> one);
    }
}
