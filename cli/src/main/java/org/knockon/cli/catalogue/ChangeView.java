package org.knockon.cli.catalogue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import org.knockon.cli.console.Figures;
import org.knockon.cli.console.Json;
import org.knockon.cli.console.TextTable;
import org.knockon.feeds.catalogue.CatalogueChange;
import org.knockon.feeds.catalogue.CatalogueChange.Kind;
import org.knockon.feeds.catalogue.CatalogueDiff;
import org.knockon.feeds.catalogue.FieldChange;

/**
 * Shows changes of a catalogue.
 *
 * @param prune whether what is gone is removed
 * @param done whether the changes have been made
 */
record ChangeView(CatalogueDiff diff, boolean prune, boolean done) {

    private static final String NOTHING = "none";

    void print(boolean json, PrintWriter out) {
        if (json) {
            out.println(Json.line(json()));
            return;
        }
        TextTable table = new TextTable(1, 2, 3);
        diff.changes().forEach(change -> row(table, change));
        table.lines().forEach(out::println);
        out.println(summary());
    }

    private void row(TextTable table, CatalogueChange change) {
        String word = word(change);
        List<FieldChange> fields = change.fields();
        table.row(word, change.type(), printable(change.id()), fields.isEmpty() ? remark(change) : text(fields.get(0)));
        fields.stream().skip(1).forEach(field -> table.row("", "", "", text(field)));
    }

    private String word(CatalogueChange change) {
        return switch (change.kind()) {
            case ADDED -> "add";
            case CHANGED -> "change";
            case GONE -> prune ? "remove" : "keep";
        };
    }

    private String remark(CatalogueChange change) {
        return change.kind() == Kind.GONE && !prune ? "not in the catalogue" : "";
    }

    private static String text(FieldChange field) {
        return printable(field.field() + ": " + value(field.before()) + " -> " + value(field.after()));
    }

    private static String value(String text) {
        return text.isEmpty() ? NOTHING : text;
    }

    /** Names of other writers may contain line ends. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private String summary() {
        int gone = diff.count(Kind.GONE);
        String text = Figures.count(diff.count(Kind.ADDED)) + " added, " + Figures.count(diff.count(Kind.CHANGED))
                + " changed, " + Figures.count(prune ? gone : 0) + " removed, " + Figures.count(diff.unchanged())
                + " unchanged";
        return (done ? "published: " : "to publish: ")
                + text
                + (prune || gone == 0
                        ? ""
                        : "; " + Figures.count(gone) + " kept that " + (gone == 1 ? "is" : "are")
                                + " not in the catalogue (--prune removes)");
    }

    private ObjectNode json() {
        ObjectNode json = Json.object();
        ArrayNode changes = json.putArray("changes");
        for (CatalogueChange change : diff.written(prune)) {
            ObjectNode each = entry(changes.addObject().put("change", word(change)), change);
            if (change.kind() == Kind.CHANGED) {
                ArrayNode fields = each.putArray("fields");
                change.fields()
                        .forEach(field -> fields.addObject()
                                .put("field", field.field())
                                .put("before", field.before())
                                .put("after", field.after()));
            }
        }
        ArrayNode kept = json.putArray("kept");
        diff.changes().stream()
                .filter(change -> change.kind() == Kind.GONE && !prune)
                .forEach(change -> entry(kept.addObject(), change));
        return json.put("unchanged", diff.unchanged());
    }

    private static ObjectNode entry(ObjectNode json, CatalogueChange change) {
        return json.put("type", change.type().toString()).put("id", change.id());
    }
}
