package org.sluice.gateway.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GeminiTurnsTest {
    private static StoredContent stored(String request, String response) {
        RequestLogContent content = new RequestLogContent();
        content.request = request.getBytes(UTF_8);
        content.response = response.getBytes(UTF_8);
        return new StoredContent(content);
    }

    @Test
    void a_row_of_geminis_door_has_its_turns_and_its_answer() {
        StoredContent content = stored("{\"systemInstruction\":{\"parts\":[{\"text\":\"Be brief.\"}]},\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}",
                "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Hello\"}]},\"finishReason\":\"STOP\"}]}");
        assertThat(content.promptMessages().text()).isEqualTo("[{\"role\":\"system\",\"parts\":[{\"text\":\"Be brief.\"}]},{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]");
        assertThat(content.completionMessage().text()).isEqualTo("{\"role\":\"model\",\"parts\":[{\"text\":\"Hello\"}]}");
    }

    @Test
    void what_is_neither_has_none() {
        StoredContent content = stored("{\"input\":\"Hi\"}", "{\"candidates\":[]}");
        assertThat(content.promptMessages()).isNull();
        assertThat(content.completionMessage()).isNull();
    }
}
