package org.sluice.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The official clients for JavaScript, unchanged, each against a model of each provider dialect. The tests are written in
 * {@code src/test/js} and run by Node's own runner; this class is part of the build where Node is.
 */
class NodeSdkIT {
    private static final String DOORS = "openai,responses,anthropic,google";

    @BeforeAll
    static void play() {
        ServerUnderTest.shared().replay().play();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "responses", "anthropic", "google", "ai"})
    void a_client_works(String client) throws IOException, InterruptedException {
        ProcessBuilder tests = new ProcessBuilder("node", "--test", "--test-reporter=spec", client + ".test.mjs")
                .directory(Path.of(System.getProperty("gateway.js")).toFile()).redirectErrorStream(true);
        tests.environment().put("GATEWAY_URL", ServerUnderTest.shared().baseUrl());
        tests.environment().put("GATEWAY_KEY", ServerUnderTest.key());
        tests.environment().put("GATEWAY_MODELS", String.join(",", PlayedModels.ALL));
        tests.environment().put("GATEWAY_DOORS", DOORS);
        Process process = tests.start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(told).isZero();
        assertThat(told).as("tests were run").containsPattern("pass [1-9]").contains("fail 0", "skipped 0");
    }
}
