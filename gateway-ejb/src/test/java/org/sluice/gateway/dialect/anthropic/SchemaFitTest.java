package org.sluice.gateway.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.chat.RawJson;

class SchemaFitTest {
    private static Object fit(String schema) {
        return Plain.of(SchemaFit.of(new RawJson(schema.replace('\'', '"'))).text());
    }

    @Test
    void a_schema_that_fits_keeps_its_text() {
        RawJson schema = new RawJson("{ \"type\":\"object\", \"additionalProperties\":false, \"properties\":{\"b\":{\"type\":\"string\"}} }");
        assertThat(SchemaFit.of(schema)).isSameAs(schema);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'type':'object','properties':{'a':{'type':'object'}}}|{'type':'object','properties':{'a':{'type':'object','additionalProperties':false}},'additionalProperties':false}",
        "{'type':'integer','minimum':1,'maximum':9}|{'type':'integer','description':'minimum: 1, maximum: 9'}",
        "{'type':'string','description':'A name.','maxLength':5}|{'type':'string','description':'A name. maxLength: 5'}",
        "{'type':'array','items':{'type':'number','multipleOf':2},'minItems':1}|{'type':'array','items':{'type':'number','description':'multipleOf: 2'},'minItems':1}",
        "{'type':'array','minItems':3}|{'type':'array','description':'minItems: 3'}",
        "{'anyOf':[{'type':'object'},{'type':'null'}]}|{'anyOf':[{'type':'object','additionalProperties':false},{'type':'null'}]}",
        "{'$defs':{'x':{'properties':{}}}}|{'$defs':{'x':{'properties':{},'additionalProperties':false}}}",
        "{'enum':[{'minimum':1}]}|{'enum':[{'minimum':1}]}", "{'properties':{'minimum':{'type':'string'}},'additionalProperties':true}|{'properties':{'minimum':{'type':'string'}},'additionalProperties':true}"})
    void what_the_api_refuses_moves_into_words(String schema, String fitted) {
        assertThat(fit(schema)).isEqualTo(Asked.json(fitted));
    }
}
