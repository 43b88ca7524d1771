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
import org.knockon.warroom.page.Words;

/** The page of the counts of one outage by category and by specialty. */
public final class CountsHtml {

    private final CountsView view;
    private final DeskFrame frame;

    private CountsHtml(CountsView view) {
        this.view = view;
        frame = new DeskFrame(view.head());
    }

    public static String page(CountsView view) {
        return new CountsHtml(view).page();
    }

    private String page() {
        String outage = DeskFrame.encoded(view.outageId());
        return frame.page(
                "Counts of an outage: " + Isolated.name(view.system()),
                List.of(
                        a("As JSON").withHref(frame.address("/api/v1/outages/" + outage + "/counts")),
                        a("The outage").withHref(frame.address(DeskFrame.outage(view.outageId())))),
                List.of(
                        Frame.part("about", "About these counts", about()),
                        Frame.part(
                                "categories",
                                "By category",
                                frame.breakdown(
                                        "This outage by category (postponed and not recorded yet are never added)",
                                        "Category",
                                        view.byCategory(),
                                        Words::label)),
                        Frame.part(
                                "specialties",
                                "By specialty",
                                frame.breakdown(
                                        "This outage by specialty (postponed and not recorded yet are never added)",
                                        "Treatment function code",
                                        view.bySpecialty(),
                                        Words::specialty))));
    }

    private DomContent about() {
        List<DomContent> paragraphs = new ArrayList<>();
        if (view.cut()) {
            paragraphs.add(
                    p(strong("INCOMPLETE COUNTS: the outage has more appointments than can be counted here, or some"
                                    + " records could not be read."))
                            .withClass("cut"));
        }
        paragraphs.add(
                p("Only appointments that this outage affected. One appointment may be affected by several outages, so"
                        + " numbers of different outages must not be added."));
        paragraphs.add(p(
                        text("Counted at "),
                        frame.moment(view.readAt()),
                        text(" by the server's clock; requests within 30 seconds get the same counts."))
                .withId("read"));
        if (view.head().fromHistory()) {
            paragraphs.add(
                    p(
                            "The counts show the current state, not that of the time looked back at: their topic keeps no history."));
        }
        return each(paragraphs, one -> one);
    }
}
