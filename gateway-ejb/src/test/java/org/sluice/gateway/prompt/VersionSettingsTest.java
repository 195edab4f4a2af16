package org.sluice.gateway.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sluice.gateway.prompt.PromptHouse.object;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

class VersionSettingsTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]";

    private static GatewayException refused(String body) {
        GatewayException[] refusal = new GatewayException[1];
        assertThatThrownBy(() -> VersionSettings.read(object(body), null)).as(body).isInstanceOfSatisfying(GatewayException.class, e -> refusal[0] = e);
        assertThat(refusal[0].type()).as(refusal[0].getMessage()).isEqualTo(ErrorType.INVALID_VALUE);
        return refusal[0];
    }

    @Test
    void the_contracts_own_example_is_kept_as_it_is_spelled() {
        String body = "{\"messages\":[{\"role\":\"system\",\"content\":\"You are a helpful {{role}}.\"},{\"role\":\"user\",\"content\":\"Hello, how are you?\"}],"
                + "\"model\":\"gpt-3.5-turbo\",\"stream\":false,\"temperature\":0.7,\"max_tokens\":256,\"top_p\":1.0,\"frequency_penalty\":0.0,\"presence_penalty\":0.0,"
                + "\"variables\":{},\"fallback_models\":[\"gpt-3.5-turbo-16k\",\"gpt-4\"],\"load_balance_models\":[{\"model\":\"gpt-4o\",\"weight\":0.7},{\"model\":\"gpt-4o-mini\",\"weight\":0.3}]}";
        assertThat(VersionSettings.read(object(body.replace("{\"messages\"", "{\"description\":\"A description\",\"deploy\":true,\"messages\"")), null).text()).isEqualTo(body);
    }

    @Test
    void a_text_that_is_no_template_is_refused_with_its_message_line_and_column() {
        GatewayException refusal = refused("{\"messages\":[{\"role\":\"system\",\"content\":\"fine\"},{\"role\":\"user\",\"content\":\"one\\ntwo {% if x %}\"}]}");
        assertThat(refusal.param()).isEqualTo("messages[1].content");
        assertThat(refusal.getMessage()).startsWith("'messages[1].content' is not a template: line 2, column ");
        assertThat(refused("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"{{ x\"}]}]}").param()).isEqualTo("messages[0].content[0].text");
    }

    @Test
    void every_wrong_member_is_named() {
        Map<String, String> wrong = Map.ofEntries(Map.entry("\"temperature\":2.5", "temperature"), Map.entry("\"temperature\":\"0.7\"", "temperature"),
                Map.entry("\"max_tokens\":0", "max_tokens"), Map.entry("\"top_p\":-1", "top_p"), Map.entry("\"presence_penalty\":3", "presence_penalty"),
                Map.entry("\"stream\":1", "stream"), Map.entry("\"model\":7", "model"), Map.entry("\"seed\":1.5", "seed"), Map.entry("\"tools\":{}", "tools"),
                Map.entry("\"tools\":[\"x\"]", "tools[0]"), Map.entry("\"variables\":[]", "variables"), Map.entry("\"thinking\":true", "thinking"),
                Map.entry("\"fallback_models\":[\"a\",7]", "fallback_models[1]"), Map.entry("\"load_balance_models\":[{\"model\":\"a\",\"weight\":0}]", "load_balance_models[0].weight"),
                Map.entry("\"load_balance_models\":[{\"model\":\"a\",\"credentials\":{\"api_key\":\"sk\"}}]", "load_balance_models[0].credentials"),
                Map.entry("\"response_format\":7", "response_format"), Map.entry("\"api_base\":\"https://evil.example\"", "api_base"),
                Map.entry("\"customer_credentials\":{}", "customer_credentials"), Map.entry("\"variables\":{\"a\":{\"_type\":\"prompt\"}}", "variables.a.prompt_id"));
        wrong.forEach((member, param) -> assertThat(refused("{" + MESSAGES + "," + member + "}").param()).isEqualTo(param));
        assertThat(refused("{\"messages\":[{\"role\":\"user\",\"content\":[" + String.join(",", java.util.Collections.nCopies(257, "{\"type\":\"text\",\"text\":\"x\"}")) + "]}]}").param())
                .isEqualTo("messages");
        assertThat(refused("{}").param()).isEqualTo("messages");
        assertThat(refused("{\"messages\":[]}").param()).isEqualTo("messages");
        assertThat(refused("{\"messages\":[{\"role\":\"boss\",\"content\":\"x\"}]}").param()).isEqualTo("messages[0].role");
        assertThat(refused("{\"messages\":[{\"role\":\"user\",\"content\":7}]}").param()).isEqualTo("messages[0].content");
        assertThat(refused("{\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(200_000) + "\"},{\"role\":\"user\",\"content\":\"" + "x".repeat(200_000) + "\"}]}").param()).isEqualTo("messages");
    }

    @Test
    void a_message_may_have_no_content() {
        assertThat(VersionSettings.read(object("{\"messages\":[{\"role\":\"user\"},{\"role\":\"user\",\"content\":null},{\"role\":\"user\",\"content\":[]}]}"), null).text()).contains("null");
    }
}
