package org.sluice.gateway.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;

/** JSON schema fitted to Google's own, and back. */
class SchemaFitTest {
    private static RawJson raw(String json) {
        return new RawJson(new String(Asking.bytes(json), UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'type':'string'}|{'type':'STRING'}", "{'type':['integer','null']}|{'type':'INTEGER','nullable':true}",
        "{'type':['string','number']}|{'anyOf':[{'type':'STRING'},{'type':'NUMBER'}]}", "{'const':'x'}|{'type':'STRING','enum':['x']}",
        "{'const':5,'type':'integer'}|{'type':'INTEGER','description':'one of 5'}", "{'enum':['a',null]}|{'type':'STRING','enum':['a'],'nullable':true}",
        "{'anyOf':[{'type':'string'},{'type':'null'}]}|{'type':'STRING','nullable':true}",
        "{'oneOf':[{'type':'string'},{'type':'integer'}],'description':'d'}|{'anyOf':[{'type':'STRING'},{'type':'INTEGER'}],'description':'d'}",
        "{'type':'string','format':'email','description':'d'}|{'type':'STRING','description':'d (format: email)'}", "{'type':'string','format':'date-time'}|{'type':'STRING','format':'date-time'}",
        "{'type':'integer','exclusiveMinimum':0,'multipleOf':2}|{'type':'INTEGER','minimum':1,'description':'multipleOf: 2'}",
        "{'type':'array','items':{'type':'string'},'uniqueItems':true,'minItems':1}|{'type':'ARRAY','minItems':1,'items':{'type':'STRING'},'description':'uniqueItems: true'}",
        "{'prefixItems':[{'type':'string'},{'type':'integer'}]}|{'type':'ARRAY','items':{'anyOf':[{'type':'STRING'},{'type':'INTEGER'}]}}",
        "{'type':'object','additionalProperties':{'type':'string'}}|{'type':'OBJECT','description':'keys are free, each value fits {^type^:^string^}'}",
        "{'allOf':[{'type':'object','properties':{'a':{'type':'string'}},'required':['a']},{'properties':{'b':true},'required':['b','zz']}]}|{'type':'OBJECT','properties':{'a':{'type':'STRING'},'b':{'type':'STRING'}},'required':['a','b'],'propertyOrdering':['a','b']}",
        "{'type':'object','properties':{'a':{'$ref':'#/$defs/A','description':'mine'}},'$defs':{'A':{'type':'string','description':'its','maxLength':3}}}|{'type':'OBJECT','properties':{'a':{'type':'STRING','maxLength':3,'description':'mine'}}}",
        "{'type':'object','properties':{'a':{'$ref':'#/$defs/A'},'b':{'$ref':'#/$defs/A'}},'$defs':{'A':{'type':'string'}}}|{'type':'OBJECT','properties':{'a':{'type':'STRING'},'b':{'type':'STRING'}},'propertyOrdering':['a','b']}"})
    void what_can_be_said(String schema, String fitted) {
        assertThat(Plain.of(SchemaFit.of(raw(schema), "p").text())).isEqualTo(Asking.plain(fitted.replace("{^type^:^string^}", "{\\\"type\\\":\\\"string\\\"}")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{'properties':{'a':{'$ref':'#/$defs/A'}},'$defs':{'A':{'properties':{'n':{'$ref':'#/$defs/A'}}}}}|p.properties.a.properties.n.$ref",
        "{'properties':{'a':{'$ref':'other.json'}}}|p.properties.a.$ref", "{'properties':{'a':{'$ref':'#/nowhere'}}}|p.properties.a.$ref", "{'properties':{'a':false}}|p.properties.a",
        "{'allOf':[{'type':'string'},{'type':'integer'}]}|p.allOf[1]"})
    void what_cannot_be_said_is_refused_with_its_path(String schema, String path) {
        GatewayException failure = catchThrowableOfType(GatewayException.class, () -> SchemaFit.of(raw(schema), "p"));
        assertThat(failure.status()).isEqualTo(400);
        assertThat(failure.param()).isEqualTo(path);
        assertThat(failure).hasMessageContaining(path);
    }

    @Test
    void a_function_without_parameters_has_none() {
        assertThat(SchemaFit.parameters(raw("{'type':'object','properties':{}}"), "p")).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{'type':6,'properties':{'b':{'type':1},'a':{'type':'ARRAY','items':{'type':3}}},'propertyOrdering':['a','b']}"
        + "|{^type^:^object^,^properties^:{^a^:{^type^:^array^,^items^:{^type^:^integer^}},^b^:{^type^:^string^}}}",
        "{'any_of':[{'type':'STRING','nullable':true}],'min_items':'2'}|{^anyOf^:[{^type^:[^string^,^null^]}],^minItems^:2}", "{ 'type':'object' }|{ ^type^:^object^ }"})
    void googles_schema_is_read_as_json_schema(String schema, String read) {
        assertThat(SchemaReader.read(JsonReader.read(Asking.bytes(schema))).text()).isEqualTo(read.replace('^', '"'));
    }
}
