package org.knockon.systemtests.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the shell syntax that the documents use: words, quotes, assignments, comments, and separators between commands. */
final class ShellLine {

    private static final Pattern TOKEN =
            Pattern.compile("(?<word>(?:'[^']*'|\"[^\"]*\"|[^\\s'\"|;&<>])+)|(?<separator>[|;&<>]+)");

    private ShellLine() {}

    /** Returns the arguments of each call of knockon in the line. */
    static List<List<String>> calls(String line) {
        List<List<String>> commands = new ArrayList<>();
        List<String> words = new ArrayList<>();
        commands.add(words);
        for (Matcher token = TOKEN.matcher(line); token.find(); ) {
            if (token.group("separator") != null) {
                words = new ArrayList<>();
                commands.add(words);
                continue;
            }
            String word = token.group("word");
            if (word.startsWith("#")) {
                break;
            }
            if (!words.isEmpty() || !word.matches("[A-Z_]+=.*")) {
                words.add(word.replaceAll("'([^']*)'|\"([^\"]*)\"", "$1$2"));
            }
        }
        return commands.stream()
                .filter(command -> !command.isEmpty() && command.get(0).matches("(\\./)?knockon"))
                .map(command -> command.subList(1, command.size()))
                .toList();
    }
}
