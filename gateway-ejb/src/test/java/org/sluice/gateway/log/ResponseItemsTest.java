package org.sluice.gateway.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResponseItemsTest {
    private static StoredContent answered(String output) {
        RequestLogContent content = new RequestLogContent();
        content.request = "{\"input\":\"Hi\"}".getBytes(UTF_8);
        content.response = ("{\"id\":\"resp_1\",\"output\":" + output + "}").getBytes(UTF_8);
        return new StoredContent(content);
    }

    @Test
    void a_response_is_shown_as_the_message_it_amounts_to() {
        StoredContent content = answered("[{\"type\":\"reasoning\",\"summary\":[]},{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"So \"},"
                + "{\"type\":\"refusal\",\"refusal\":\"no\"}]},{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"f\",\"arguments\":\"{}\"}]");
        String calls = "[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]";
        assertThat(content.completionMessage().text()).isEqualTo("{\"role\":\"assistant\",\"content\":\"So no\",\"tool_calls\":" + calls + "}");
        assertThat(content.toolCalls().text()).isEqualTo(calls);
        assertThat(content.input().text()).isEqualTo("\"Hi\"");
    }

    @Test
    void without_calls_there_are_none() {
        assertThat(answered("[]").toolCalls()).isNull();
        assertThat(answered("[]").completionMessage().text()).isEqualTo("{\"role\":\"assistant\",\"content\":\"\"}");
    }
}
