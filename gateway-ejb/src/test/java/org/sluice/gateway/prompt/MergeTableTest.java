package org.sluice.gateway.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Every row of {@code prompt/merge.json}: what a request and a prompt become together. A message is written "role: text" there. */
class MergeTableTest {
    private static PromptHouse house;
    private static JsonObject table;

    @BeforeAll
    static void open() throws SQLException, IOException {
        house = PromptHouse.h2();
        try (InputStream in = MergeTableTest.class.getResourceAsStream("/prompt/merge.json")) {
            table = JsonReader.readObject(in.readAllBytes());
        }
        table.object("versions").members().forEach((name, settings) -> house.live(PromptHouse.ACME, name, json(spelled(VariableReader.plain(settings)))));
    }

    @TestFactory
    Stream<DynamicTest> rows() {
        assertThat(table.items("rows")).hasSizeGreaterThanOrEqualTo(40);
        return table.items("rows").stream().map(row -> DynamicTest.dynamicTest(((JsonObject) row).text("name"), () -> check((JsonObject) row)));
    }

    private void check(JsonObject row) {
        boolean isGemini = row.text("door").equals("gemini");
        Call call = PromptHouse.call(PromptHouse.ACME, row.text("door"), json(spelled(VariableReader.plain(row.get("body")))));
        Call resolved = house.resolver.resolve(call);
        Map<?, ?> merged = new LinkedHashMap<>((Map<?, ?>) VariableReader.plain(JsonReader.readObject(resolved.outline().body())));
        merged.remove("prompt");
        Map<?, ?> expected = (Map<?, ?>) spelled(VariableReader.plain(row.get("expect")));
        assertThat(merged).isEqualTo(expected);
        assertThat(resolved.isStream()).isEqualTo(expected.get("stream") != null);
        if (!isGemini) {
            assertThat(resolved.model()).isEqualTo(expected.get("model"));
        }
        assertThat(resolved.isUntouched()).as("goes on as bytes to a provider of the same dialect").isTrue();
    }

    /** Messages in short become objects. */
    private static Object spelled(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> all = new LinkedHashMap<>();
            map.forEach((name, member) -> all.put(name, name.equals("messages") && member instanceof List<?> list ? list.stream().map(MergeTableTest::message).toList() : spelled(member)));
            return all;
        }
        return value;
    }

    private static Object message(Object brief) {
        int colon = ((String) brief).indexOf(": ");
        return new LinkedHashMap<>(Map.of("role", ((String) brief).substring(0, colon), "content", ((String) brief).substring(colon + 2)));
    }

    private static String json(Object value) {
        JsonWriter json = new JsonWriter();
        write(json, value);
        return json.toText();
    }

    private static void write(JsonWriter json, Object value) {
        if (value instanceof Map<?, ?> map) {
            json.beginObject();
            map.forEach((name, member) -> write(json.name((String) name), member));
            json.endObject();
        } else if (value instanceof List<?> list) {
            json.beginArray();
            list.forEach(item -> write(json, item));
            json.endArray();
        } else if (value instanceof String text) {
            json.value(text);
        } else {
            json.literal(String.valueOf(value));
        }
    }
}
