package io.offerflow.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The schemas of all topics; each rule is seen to find a schema that breaks it. */
class ContractTest {

    @ParameterizedTest
    @EnumSource
    void everyTypeAndFieldSaysWhatItMeans(Topic topic) {
        assertThat(ContractRules.undocumented(topic.schema()))
                .as("write a doc comment /** … */ before each of these in the .avdl file").isEmpty();
    }

    @Test
    void aTypeOrFieldWithoutACommentIsFound() {
        assertThat(ContractRules.undocumented(schema("""
                {"type": "record", "name": "Outer", "doc": "Said.", "fields": [
                  {"name": "said", "doc": "Said.", "type": "int"}, {"name": "silent", "type": "int"},
                  {"name": "blank", "doc": " ", "type": {"type": "array", "items": ["null",
                    {"type": "record", "name": "Inner", "fields": [{"name": "deep", "type": {"type": "map", "values":
                      {"type": "enum", "name": "Kind", "symbols": ["A"]}}}]}]}}]}
                """))).containsExactly("Inner", "Inner.deep", "Kind", "Outer.silent", "Outer.blank");
    }

    @ParameterizedTest
    @EnumSource
    void everyEnumOfAnOutputHasADefaultSymbol(Topic topic) {
        if (topic.direction() != Topic.Direction.INPUT) {
            assertThat(ContractRules.withoutDefaultSymbol(topic.schema()))
                    .as("give each of these a symbol UNKNOWN and `= UNKNOWN`").isEmpty();
        }
    }

    @Test
    void anEnumWithoutADefaultSymbolIsFound() {
        assertThat(ContractRules.withoutDefaultSymbol(schema("""
                {"type": "record", "name": "Outer", "fields": [
                  {"name": "safe", "type": {"type": "enum", "name": "Safe", "symbols": ["A"], "default": "A"}},
                  {"name": "bare", "type": ["null", {"type": "enum", "name": "Bare", "symbols": ["A"]}]}]}
                """))).containsExactly("Bare");
    }

    @ParameterizedTest
    @EnumSource
    void noTypeContainsItself(Topic topic) {
        assertThat(ContractRules.recursive(topic.schema())).isEmpty();
    }

    @Test
    void aTypeThatContainsItselfIsFoundHoweverDeep() {
        assertThat(ContractRules.recursive(schema("""
                {"type": "record", "name": "Tree", "fields": [{"name": "leaves", "type": {"type": "array", "items":
                  {"type": "record", "name": "Branch", "fields": [{"name": "of", "type": ["null", "Tree"]}]}}}]}
                """))).containsExactly("Tree > Branch > Tree");
    }

    @Test
    void aTypeThatIsUsedTwiceDoesNotContainItself() {
        assertThat(ContractRules.recursive(schema("""
                {"type": "record", "name": "Pair", "fields": [{"name": "left", "type":
                  {"type": "record", "name": "Side", "fields": []}}, {"name": "right", "type": "Side"}]}
                """))).isEmpty();
    }

    @Test
    void everyNameMeansOneThingInAllTopics() {
        assertThat(ContractRules.clashes(Arrays.stream(Topic.values()).map(Topic::schema).toList())).isEmpty();
    }

    @Test
    void aNameThatMeansTwoThingsIsFound() {
        Schema one = schema("{\"type\": \"record\", \"name\": \"a.Step\", \"fields\": []}");
        Schema other = schema("{\"type\": \"enum\", \"name\": \"a.Step\", \"symbols\": [\"X\"]}");
        Schema lowerCase = schema("{\"type\": \"record\", \"name\": \"a.step\", \"fields\": []}");
        Schema elsewhere = schema("{\"type\": \"record\", \"name\": \"b.Step\", \"fields\": []}");
        assertThat(ContractRules.clashes(List.of(one, other))).containsExactly("a.Step and a.Step");
        assertThat(ContractRules.clashes(List.of(one, lowerCase))).containsExactly("a.Step and a.step");
        assertThat(ContractRules.clashes(List.of(one, one, elsewhere))).isEmpty();
    }

    @Test
    void everySchemaIsOneThatTheRulesCanSeeInto() {
        assertThat(Arrays.stream(Topic.values()).map(topic -> ContractRules.named(topic.schema())))
                .allSatisfy(types -> assertThat(types).isNotEmpty());
        assertThat(ContractRules.named(Topic.OFFER_JOURNAL.schema())).extracting(Schema::getName)
                .contains("JournalEntry", "JournalInput", "DueEvent", "SellingStopped", "PlanDeleted", "Problem");
    }

    private static Schema schema(String json) {
        return new SchemaParser().parse(json).mainSchema();
    }
}
