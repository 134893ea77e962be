package io.offerflow.cli.render;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.contract.json.JsonTrees;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** How data is shown: for people, or as JSON for programs. */
public final class OutputOption {

    /** The three ways. */
    public enum Form {
        /** Words and tables. */
        HUMAN,
        /** One document: a list, or one object. */
        JSON,
        /** One object a line. */
        JSONL
    }

    @Option(names = {"-o", "--output"}, paramLabel = "FORM", defaultValue = "human",
            description = "human, json (one document) or jsonl (one object a line); ${DEFAULT-VALUE} unless told.")
    private Form form = Form.HUMAN;

    private boolean begun;

    public boolean forPeople() {
        return form == Form.HUMAN;
    }

    /** Shows one of several. */
    public void item(PrintWriter out, JsonNode item) {
        if (form == Form.JSON) {
            out.println(begun ? "," : "[");
            out.print(JsonTrees.text(item));
        } else {
            out.println(JsonTrees.text(item));
        }
        begun = true;
    }

    /** Ends what was shown one by one. */
    public void end(PrintWriter out) {
        if (form == Form.JSON) {
            out.println(begun ? "\n]" : "[]");
        }
        out.flush();
    }

    /** Shows the only thing there is. */
    public void only(PrintWriter out, JsonNode item) {
        out.println(form == Form.JSON ? item.toPrettyString() : JsonTrees.text(item));
        out.flush();
    }
}
