package io.offerflow.cli.render;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.contract.json.JsonTrees;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The option for the form of the output: text for people, or JSON for programs. */
public final class OutputOption {

    /** The forms. */
    public enum Form {
        /** Text and tables. */
        HUMAN,
        /** One document: a list, or one object. */
        JSON,
        /** One object per line. */
        JSONL
    }

    @Option(names = {"-o", "--output"}, paramLabel = "FORM", defaultValue = "human",
            description = "human, json (one document) or jsonl (one object per line). Default: ${DEFAULT-VALUE}.")
    private Form form = Form.HUMAN;

    private boolean begun;

    /** Whether the program that reads the output wants more; {@code head}, for example, closes the pipe. */
    public static boolean isRead(PrintWriter out) {
        return !out.checkError();
    }

    public boolean forPeople() {
        return form == Form.HUMAN;
    }

    /**
     * Shows one item of several in the form that was chosen.
     *
     * @param human the lines for people; a line break in one of them is data
     */
    public void show(PrintWriter out, Supplier<List<String>> human, Supplier<? extends JsonNode> json) {
        if (form == Form.HUMAN) {
            human.get().forEach(out::println);
        } else {
            item(out, json.get());
        }
    }

    /** Shows one item of several as JSON. */
    public void item(PrintWriter out, JsonNode item) {
        String separator = form == Form.JSON ? begun ? "," : "[" : "";
        out.println(separator + JsonTrees.text(item));
        begun = true;
    }

    /** Ends a list of items. */
    public void end(PrintWriter out) {
        if (form == Form.JSON) {
            out.println(begun ? "]" : "[]");
        }
        out.flush();
    }

    /** Shows the only item. */
    public void only(PrintWriter out, JsonNode item) {
        (form == Form.JSON ? item.toPrettyString() : JsonTrees.text(item)).lines().forEach(out::println);
        out.flush();
    }
}
