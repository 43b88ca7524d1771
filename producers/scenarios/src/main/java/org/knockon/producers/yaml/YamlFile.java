package org.knockon.producers.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Parses YAML 1.2 into a tree whose nodes know their line and column. */
public final class YamlFile {
    private YamlFile() {}

    /**
     * The root of the document. Text that is not valid YAML is reported and gives a missing item.
     *
     * @param file file name for problems
     * @param start how to get a first file, for a file that is empty
     */
    public static Item parse(String file, String text, Problems problems, String start) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setUseMarks(true)
                .setCodePointLimit(16 * 1024 * 1024)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                problems.add(Optional.empty(), "the file is empty", start);
            }
            return new Item(root.orElse(null), "", problems);
        } catch (MarkedYamlEngineException e) {
            problems.add(e.getProblemMark(), "not valid YAML: " + e.getProblem(), hint(e.getProblem()));
        } catch (YamlEngineException e) {
            problems.add(Optional.empty(), "not valid YAML: " + e.getMessage(), "");
        }
        return new Item(null, "", problems);
    }

    private static String hint(String problem) {
        if (problem.contains("'\\t'") || problem.contains("TAB")) {
            return "indent with spaces";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "quote text that contains a colon followed by a space";
        }
        return "check indentation, quotes and brackets on this line and the one before";
    }
}
