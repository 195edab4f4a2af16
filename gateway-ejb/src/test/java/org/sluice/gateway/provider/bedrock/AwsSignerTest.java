package org.sluice.gateway.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.provider.Credential.AwsKeys;

/** The vectors that AWS publishes for Signature Version 4. */
class AwsSignerTest {
    private static final Instant NOW = Instant.parse("2015-08-30T12:36:00Z");
    private static final AwsKeys KEYS = new AwsKeys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null, "us-east-1");
    private static final Body EMPTY = Body.of(new byte[0]);

    private static String authorization(String service, String method, String uri, Map<String, String> headers, Body body, AwsKeys keys) {
        return new AwsSigner(service).sign(method, URI.create(uri), headers, body, keys, NOW).get("authorization");
    }

    @Test
    void get_vanilla() {
        assertThat(authorization("service", "GET", "https://example.amazonaws.com/", Map.of(), EMPTY, KEYS)).isEqualTo(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, "
                + "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    @Test
    void post_vanilla() {
        assertThat(authorization("service", "POST", "https://example.amazonaws.com", Map.of(), EMPTY, KEYS))
                .endsWith("Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }

    @Test
    void get_vanilla_query_order_key_case() {
        assertThat(authorization("service", "GET", "https://example.amazonaws.com/?Param2=value2&Param1=value1", Map.of(), EMPTY, KEYS))
                .endsWith("Signature=b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    }

    @Test
    void the_example_of_the_documentation() {
        assertThat(authorization("iam", "GET", "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08",
                Map.of("content-type", "application/x-www-form-urlencoded; charset=utf-8"), EMPTY, KEYS)).isEqualTo(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, "
                + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
        assertThat(HexFormat.of().formatHex(AwsSigner.key(KEYS.secretAccessKey(), "20150830", "us-east-1", "iam")))
                .isEqualTo("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
    }

    @Test
    void everything_that_is_sent_counts() {
        String plain = authorization("bedrock", "POST", "https://h.example/model/a%3A0/converse", Map.of("accept", "x"), Body.of("{}".getBytes(UTF_8)), KEYS);
        AwsKeys temporary = new AwsKeys("AKIDEXAMPLE", KEYS.secretAccessKey(), "token", "us-east-1");
        assertThat(authorization("bedrock", "POST", "https://h.example/model/a%3A1/converse", Map.of("accept", "x"), Body.of("{}".getBytes(UTF_8)), KEYS)).isNotEqualTo(plain);
        assertThat(authorization("bedrock", "POST", "https://h.example/model/a:0/converse", Map.of("accept", "x"), Body.of("{}".getBytes(UTF_8)), KEYS)).isNotEqualTo(plain);
        assertThat(authorization("bedrock", "POST", "https://h.example/model/a%3A0/converse", Map.of("accept", "y"), Body.of("{}".getBytes(UTF_8)), KEYS)).isNotEqualTo(plain);
        assertThat(authorization("bedrock", "POST", "https://h.example/model/a%3A0/converse", Map.of("accept", "x"), Body.of("{ }".getBytes(UTF_8)), KEYS)).isNotEqualTo(plain);
        assertThat(authorization("bedrock", "POST", "https://h.example:8443/model/a%3A0/converse", Map.of("accept", "x"), Body.of("{}".getBytes(UTF_8)), KEYS)).isNotEqualTo(plain);
        assertThat(authorization("bedrock", "POST", "https://h.example/model/a%3A0/converse", Map.of("accept", "x"), Body.of("{}".getBytes(UTF_8)), temporary))
                .isNotEqualTo(plain).contains("SignedHeaders=accept;host;x-amz-date;x-amz-security-token");
    }

    @Test
    void a_body_in_pieces_signs_like_the_whole() {
        byte[] bytes = "{\"a\":1}".getBytes(UTF_8);
        Body pieces = new Body(java.util.List.of(new org.sluice.gateway.dialect.Slice(bytes, 0, 3), new org.sluice.gateway.dialect.Slice(bytes, 3, bytes.length)));
        assertThat(authorization("bedrock", "POST", "https://h.example/x", Map.of(), pieces, KEYS))
                .isEqualTo(authorization("bedrock", "POST", "https://h.example:443/x", Map.of(), Body.of(bytes), KEYS));
    }
}
