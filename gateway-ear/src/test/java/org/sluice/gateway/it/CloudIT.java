package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bedrock, Azure and Vertex AI through the whole gateway, each played by a server of this test. */
class CloudIT {
    private static final String SECRET = "SENTINEL-cloud-secret-3f9a";
    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private static final String CLAUDE = "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\",\"content\":[{\"type\":\"text\",\"text\":\"Salut.\"}],"
            + "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":3,\"output_tokens\":2}}";
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static CloudUpstream cloud;
    private static ServerUnderTest server;

    @BeforeAll
    static void start() throws Exception {
        cloud = new CloudUpstream();
        server = ServerUnderTest.named("clouds")
                .with("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").with("AWS_SECRET_ACCESS_KEY", SECRET).with("AWS_REGION", "eu-west-1").with("BEDROCK_BASE_URL", cloud.address())
                .with("AZURE_OPENAI_API_KEY", SECRET).with("AZURE_OPENAI_BASE_URL", cloud.address() + "/azure").with("AZURE_OPENAI_API_VERSION", "2024-10-21")
                .with("VERTEX_AI_CREDENTIALS", "{\"type\":\"authorized_user\",\"client_id\":\"id\",\"client_secret\":\"" + SECRET + "\",\"refresh_token\":\"" + SECRET + "\"}")
                .with("VERTEX_AI_PROJECT", "my-project").with("GOOGLE_VERTEX_AI_BASE_URL", cloud.address()).with("GOOGLE_VERTEX_AI_TOKEN_URL", cloud.address() + "/token");
        server.start();
    }

    @AfterAll
    static void stop() {
        server.close();
        cloud.close();
    }

    private static HttpResponse<String> ask(String path, String body) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(server.baseUrl() + path)).header("Authorization", "Bearer " + ServerUnderTest.key())
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static byte[] message(Map<String, String> headers, String payload) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        headers.forEach((name, value) -> {
            fields.write(name.length());
            fields.writeBytes(name.getBytes(UTF_8));
            fields.writeBytes(new byte[] {7, 0, (byte) value.length()});
            fields.writeBytes(value.getBytes(UTF_8));
        });
        byte[] data = payload.getBytes(UTF_8);
        ByteBuffer message = ByteBuffer.allocate(16 + fields.size() + data.length).putInt(16 + fields.size() + data.length).putInt(fields.size());
        message.putInt(sum(message)).put(fields.toByteArray()).put(data);
        return message.putInt(sum(message)).array();
    }

    private static int sum(ByteBuffer message) {
        CRC32 sum = new CRC32();
        sum.update(message.array(), 0, message.position());
        return (int) sum.getValue();
    }

    private static byte[] event(String name, String payload) {
        return message(new TreeMap<>(Map.of(":message-type", "event", ":event-type", name)), payload);
    }

    private static byte[] stream(byte[]... messages) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            stream.writeBytes(message);
        }
        return stream.toByteArray();
    }

    @Test
    void bedrock_answers_whole() throws Exception {
        cloud.answer("/model/us.amazon.nova-2-lite-v1%3A0/converse", 200, "application/json",
                "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"Bonjour.\"}]}},\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":5,\"outputTokens\":2,\"totalTokens\":7}}".getBytes(UTF_8));
        HttpResponse<String> answer = ask("/api/chat/completions", "{\"model\":\"bedrock/us.amazon.nova-2-lite-v1:0\"," + HI + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"content\":\"Bonjour.\"").contains("\"prompt_tokens\":5").contains("\"model\":\"us.amazon.nova-2-lite-v1:0\"");
        CloudUpstream.Asked asked = cloud.asked("/model/us.amazon.nova-2-lite").get(0);
        assertThat(asked.header("authorization")).contains("Credential=AKIDEXAMPLE/").contains("/eu-west-1/bedrock/aws4_request").doesNotContain(SECRET);
        assertThat(asked.body()).isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hi\"}]}]}");
        assertThat(new LogRows(server).row(answer.headers().firstValue("X-Respan-Log-Id").orElseThrow()).raw().text()).contains("bedrock").doesNotContain(SECRET);
    }

    @Test
    void bedrock_streams() throws Exception {
        cloud.answer("/model/stream-good/converse-stream", 200, "application/vnd.amazon.eventstream", stream(event("messageStart", "{\"role\":\"assistant\"}"),
                event("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Bon\"}}"), event("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"jour.\"}}"),
                event("contentBlockStop", "{\"contentBlockIndex\":0}"), event("messageStop", "{\"stopReason\":\"end_turn\"}"), event("metadata", "{\"usage\":{\"inputTokens\":5,\"outputTokens\":2}}")));
        String good = ask("/api/chat/completions", "{\"model\":\"bedrock/stream-good\",\"stream\":true," + HI + "}").body();
        assertThat(good).contains("\"content\":\"Bon\"").contains("\"content\":\"jour.\"").contains("\"finish_reason\":\"stop\"").endsWith("data: [DONE]\n\n");
        byte[] begun = stream(event("messageStart", "{\"role\":\"assistant\"}"), event("contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Bon\"}}"));
        cloud.answer("/model/stream-fails/converse-stream", 200, "application/vnd.amazon.eventstream",
                stream(begun, message(new TreeMap<>(Map.of(":message-type", "exception", ":exception-type", "throttlingException")), "{\"message\":\"Too fast.\"}")));
        assertThat(ask("/api/chat/completions", "{\"model\":\"bedrock/stream-fails\",\"stream\":true," + HI + "}").body()).contains("Bon").contains("Too fast.").doesNotContain("[DONE]");
        byte[] damaged = stream(begun, event("messageStop", "{\"stopReason\":\"end_turn\"}"));
        damaged[damaged.length - 6] ^= 1;
        cloud.answer("/model/stream-damaged/converse-stream", 200, "application/vnd.amazon.eventstream", damaged);
        assertThat(ask("/api/chat/completions", "{\"model\":\"bedrock/stream-damaged\",\"stream\":true," + HI + "}").body()).contains("checksum").doesNotContain("[DONE]");
    }

    @Test
    void an_anthropic_client_streams_claude_at_bedrock_as_if_from_anthropic() throws Exception {
        String start = "{\"type\":\"message_start\",\"message\":" + CLAUDE.replace("{\"type\":\"text\",\"text\":\"Salut.\"}", "") + "}";
        StringBuilder expected = new StringBuilder();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String data : new String[] {start, "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Salut.\"}}", "{\"type\":\"content_block_stop\",\"index\":0}",
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":2}}", "{\"type\":\"message_stop\"}"}) {
            expected.append("event: ").append(data, 9, data.indexOf('"', 9)).append("\ndata: ").append(data).append("\n\n");
            body.writeBytes(event("chunk", "{\"bytes\":\"" + Base64.getEncoder().encodeToString(data.getBytes(UTF_8)) + "\",\"p\":\"abc\"}"));
        }
        cloud.answer("/model/anthropic.claude-3-haiku/invoke-with-response-stream", 200, "application/vnd.amazon.eventstream", body.toByteArray());
        HttpResponse<String> answer = ask("/api/anthropic/v1/messages", "{\"model\":\"bedrock/anthropic.claude-3-haiku\",\"max_tokens\":9,\"stream\":true," + HI + "}");
        assertThat(answer.body()).isEqualTo(expected.toString());
        assertThat(cloud.asked("/model/anthropic.claude-3-haiku/").get(0).body()).isEqualTo("{\"max_tokens\":9," + HI + ",\"anthropic_version\":\"bedrock-2023-05-31\"}");
    }

    @Test
    void bedrocks_error_keeps_its_status_and_words() throws Exception {
        cloud.answer("/model/refused/", 429, "application/json", ("{\"message\":\"Too many requests, " + SECRET + "\"}").getBytes(UTF_8));
        HttpResponse<String> answer = ask("/api/chat/completions", "{\"model\":\"bedrock/refused\"," + HI + "}");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("Too many requests").doesNotContain(SECRET);
    }

    @Test
    void vertex_is_asked_with_a_token_that_is_fetched_once() throws Exception {
        cloud.answer("/token", 200, "application/json", "{\"access_token\":\"ya29.token-of-the-test\",\"expires_in\":3599}".getBytes(UTF_8));
        cloud.answer("/v1/projects/my-project/locations/global/publishers/anthropic/models/claude-sonnet-4@20250514:rawPredict", 200, "application/json", CLAUDE.getBytes(UTF_8));
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = ask("/api/chat/completions", "{\"model\":\"vertex_ai/claude-sonnet-4@20250514\"," + HI + "}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"content\":\"Salut.\"");
        }
        assertThat(cloud.asked("/token")).hasSize(1);
        CloudUpstream.Asked asked = cloud.asked("/v1/projects/my-project").get(0);
        assertThat(asked.header("authorization")).isEqualTo("Bearer ya29.token-of-the-test");
        assertThat(asked.body()).contains("\"anthropic_version\":\"vertex-2023-10-16\"").doesNotContain("\"model\"");
    }

    @Test
    void azure_is_asked_by_deployment() throws Exception {
        cloud.answer("/azure/openai/deployments/my-gpt/chat/completions", 200, "application/json", ("{\"id\":\"x\",\"object\":\"chat.completion\",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,"
                + "\"message\":{\"role\":\"assistant\",\"content\":\"Hei.\"},\"finish_reason\":\"stop\",\"content_filter_results\":{\"hate\":{\"filtered\":false}}}]}").getBytes(UTF_8));
        HttpResponse<String> answer = ask("/api/chat/completions", "{\"model\":\"azure/my-gpt\"," + HI + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("Hei.").contains("content_filter_results");
        assertThat(cloud.asked("/azure/").get(0).header("api-key")).isEqualTo(SECRET);
    }
}
