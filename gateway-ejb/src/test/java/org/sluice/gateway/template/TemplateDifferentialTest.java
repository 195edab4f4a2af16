package org.sluice.gateway.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonValue.JsonString;
import org.sluice.gateway.template.TemplateException.Kind;

/** R10: what Jinja2 renders, character by character. The expectations are Jinja2's own, by {@code templates/generate.py}. */
class TemplateDifferentialTest {
    private static final Path CASES = Path.of("src/test/resources/templates");

    @TestFactory
    Stream<DynamicContainer> r10_templates_render_as_jinja2_renders_them() throws IOException {
        return files().stream().map(file -> DynamicContainer.dynamicContainer(file.getFileName().toString(),
                cases(file).map(each -> DynamicTest.dynamicTest("template: " + each.text("template"), () -> compare(each, shared(file))))));
    }

    @Test
    void r10_there_are_at_least_300_of_them() throws IOException {
        assertThat(files().stream().mapToLong(file -> cases(file).count()).sum()).isGreaterThanOrEqualTo(300);
    }

    private static void compare(JsonObject each, JsonObject shared) {
        Map<String, Object> variables = variables(each.object("variables") != null ? each.object("variables") : shared);
        if (each.text("error") == null) {
            assertThat(Template.compile(each.text("template")).render(variables)).isEqualTo(each.text("expected"));
        } else {
            assertThatThrownBy(() -> Template.compile(each.text("template")).render(variables))
                    .isInstanceOfSatisfying(TemplateException.class, e -> assertThat(e.kind()).isEqualTo(kind(each.text("error"))));
        }
    }

    private static Kind kind(String error) {
        return switch (error) {
            case "TemplateSyntaxError", "TemplateAssertionError" -> Kind.SYNTAX;
            case "UndefinedError" -> Kind.UNDEFINED;
            default -> Kind.VALUE;
        };
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }

    private static JsonObject shared(Path file) {
        return document(file).object("variables");
    }

    private static Stream<JsonObject> cases(Path file) {
        return document(file).items("cases").stream().map(JsonObject.class::cast);
    }

    private static JsonObject document(Path file) {
        try {
            return JsonReader.readObject(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, Object> variables(JsonObject object) {
        Map<String, Object> variables = new LinkedHashMap<>();
        object.members().forEach((name, value) -> variables.put(name, plain(value)));
        return variables;
    }

    private static Object plain(JsonValue value) {
        if (value instanceof JsonNumber number) {
            return number.isLong() ? (Object) number.longValue() : number.text().matches("-?\\d+") ? new BigInteger(number.text()) : number.decimal();
        }
        if (value instanceof JsonArray array) {
            List<Object> items = new ArrayList<>();
            array.items().forEach(item -> items.add(plain(item)));
            return items;
        }
        return value instanceof JsonObject object ? variables(object) : value instanceof JsonString text ? text.text()
                : value == JsonLiteral.NULL ? null : (Object) (value == JsonLiteral.TRUE);
    }
}
