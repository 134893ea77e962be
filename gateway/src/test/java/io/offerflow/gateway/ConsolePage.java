package io.offerflow.gateway;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.query.Browser;
import java.time.Duration;

/** A person at the page of a gateway: fills forms, presses buttons and reads what the page says. */
record ConsolePage(Browser browser, int port) {

    /** Fills the fields of a form by path, and adds items to its lists. */
    private static final String FILL = """
            function fill(form, values, path) {
              for (const [name, value] of Object.entries(values)) {
                const at = path ? path + '.' + name : name;
                if (value === null || value.length === 0) continue;
                if (Array.isArray(value) && value.some(one => typeof one === 'object')) {
                  value.forEach((one, i) => {
                    if (!form.querySelector(`[data-path="${at}[${i}]"]`)) {
                      form.querySelector(`[data-path="${at}"] > button`).click();
                    }
                    fill(form, one, `${at}[${i}]`);
                  });
                } else if (typeof value === 'object' && !Array.isArray(value)) {
                  fill(form, value, at);
                } else {
                  form.querySelector(`[name="${at}"]`).value = Array.isArray(value) ? value.join('\\n') : value;
                }
              }
            }
            """;

    void open(String hash) {
        browser.open("about:blank");
        browser.open("http://127.0.0.1:%d/%s".formatted(port, hash));
    }

    /** Fills the form of this page and saves it. */
    void save(JsonNode values) {
        fill("form.card", values);
        click("form.card > .links button.primary, form.card > button.primary");
    }

    void fill(String form, JsonNode values) {
        awaitElement(form + " .field");
        browser.run("%s fill(document.querySelector('%s'), %s, '')".formatted(FILL, form, values));
    }

    void click(String selector) {
        awaitElement(selector);
        browser.run("document.querySelector('%s').click()".formatted(selector));
    }

    /** Presses a button that needs nothing else, and waits for the outcome. */
    void press(String command) {
        click(ready(command));
        browser.awaitText("[data-command=%s] .notice.good".formatted(command), "Accepted");
    }

    /** Presses a button, fills the dialog and confirms it by typing a word, if it asks for one. */
    void press(String command, ObjectNode values, String word) {
        click(ready(command));
        fillDialog(values, word);
        click("dialog button.primary");
        browser.awaitText("[data-command=%s] .notice.good".formatted(command), "Accepted");
    }

    void fillDialog(ObjectNode values, String word) {
        fill("dialog form", word.isEmpty() ? values : values.put("confirmation", word));
    }

    /** Opens the actions of a plan. */
    void openPlan(String planId) {
        awaitElement(".tools");
        browser.run("""
                document.querySelectorAll('.tools').forEach(one => {
                  one.open = one.dataset.plan === '%s'; })""".formatted(planId));
    }

    /** The sentence beside a button that cannot be pressed. */
    String why(String command) {
        awaitElement("[data-command=%s] button[aria-disabled=true] + .why:not(:empty)".formatted(command));
        return browser.text("[data-command=%s] .why".formatted(command));
    }

    void awaitReady(String command) {
        awaitElement(ready(command));
    }

    private static String ready(String command) {
        return "[data-command=%s] button[aria-disabled=false]".formatted(command);
    }

    void awaitElement(String selector) {
        await(selector).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50))
                .until(() -> browser.count(selector) > 0);
    }
}
