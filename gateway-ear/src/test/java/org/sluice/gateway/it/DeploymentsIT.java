package org.sluice.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Deployments that fail are left out, watched and taken back, by JMX and by REST (reliability U41). */
class DeploymentsIT {
    /** No other test asks for these. */
    private static final String MODEL = "openai/gpt-4.1-mini";
    private static final String OTHER_MODEL = "openai/gpt-4.1-nano";
    private static final String ID = MODEL + "@operator";
    private static final String FALLBACK = "\"fallback_models\":[\"anthropic/claude-sonnet-4-5\"]";
    private static final String OPENAI_ANSWER = "{\"id\":\"x\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
            + "\"content\":\"From OpenAI.\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}}";
    private static final String CLAUDES_ANSWER = "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\",\"content\":[{\"type\":\"text\","
            + "\"text\":\"From Claude.\"}],\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":3,\"output_tokens\":4}}";
    private final FaultServer faults = FaultServer.shared();
    private final ManagementClient rest = new ManagementClient(faults.server(), ServerUnderTest.key());
    private final AtomicInteger askedOpenAi = new AtomicInteger();
    private volatile int openAiStatus = 200;

    /** Claude answers well, OpenAI as {@link #openAiStatus} says. */
    @BeforeEach
    void script() {
        faults.upstream().answerWith(exchange -> {
            if (exchange.head().startsWith("POST /v1/messages")) {
                exchange.answer(200, "application/json", CLAUDES_ANSWER);
                return;
            }
            askedOpenAi.incrementAndGet();
            exchange.answer(openAiStatus, "application/json", openAiStatus == 200 ? OPENAI_ANSWER : "{\"error\":{\"message\":\"no\",\"type\":\"server_error\"}}");
        });
    }

    @AfterEach
    void leaveNothingBehind() throws Exception {
        try (GatewayConsole console = console()) {
            for (String model : new String[] {MODEL, OTHER_MODEL}) {
                if (console.row("Deployments", model + "@operator") != null) {
                    console.invoke("reset", model);
                }
                console.invoke("resume", model);
                console.invoke("weight", model, 0);
            }
        }
    }

    private GatewayConsole console() throws Exception {
        return new GatewayConsole(faults.server().pid(), "Deployments");
    }

    private String answer(String model, String members) throws Exception {
        HttpResponse<String> answer = faults.ask(model, members);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void twenty_failures_open_the_circuit_calls_skip_it_and_a_reset_by_jmx_closes_it() throws Exception {
        openAiStatus = 500;
        for (int call = 0; call < 20; call++) {
            assertThat(answer(MODEL, FALLBACK)).contains("From Claude.");
        }
        assertThat(askedOpenAi).hasValue(20);
        openAiStatus = 200;
        HttpResponse<String> skipping = faults.ask(MODEL, FALLBACK);
        assertThat(skipping.body()).contains("From Claude.");
        assertThat(askedOpenAi).as("the open circuit was not asked").hasValue(20);
        JsonObject row = faults.log().row(skipping.headers().firstValue("X-Respan-Log-Id").orElseThrow());
        assertThat(row.raw().text()).contains("circuit open");
        assertThat(answer(OTHER_MODEL, "")).as("another model of the provider").contains("From OpenAI.");
        try (GatewayConsole console = console()) {
            assertThat(console.row("Deployments", ID).get("state")).isEqualTo("open");
            assertThat(console.row("Deployments", ID).get("refusal")).isEqualTo("circuit open");
            assertThat((long) console.row("Deployments", ID).get("failed")).isGreaterThanOrEqualTo(20);
            assertThat((long) console.row("Deployments", ID).get("skipped")).isPositive();
            assertThat(console.number("OpenCircuits")).isPositive();
            assertThat(console.invoke("reset", ID)).isEqualTo(1);
            assertThat(console.row("Deployments", ID).get("state")).isEqualTo("closed");
            assertThat(answer(MODEL, FALLBACK)).contains("From OpenAI.");
            assertThat((long) console.row("Deployments", ID).get("tokensInMinute")).isGreaterThanOrEqualTo(7);
            assertThat((int) console.row("Deployments", ID).get("callsUnderWay")).isZero();
        }
    }

    @Test
    void with_nobody_else_to_ask_an_open_circuit_lets_a_probe_in_and_closes() throws Exception {
        answer(MODEL, "");
        try (GatewayConsole console = console()) {
            console.invoke("open", MODEL);
            assertThat(console.row("Deployments", ID).get("state")).isEqualTo("open");
            assertThat(answer(MODEL, "")).contains("From OpenAI.");
            assertThat(console.row("Deployments", ID).get("state")).isEqualTo("closed");
        }
    }

    @Test
    void a_deployment_is_drained_and_weighed_by_jmx_and_a_wrong_name_is_told() throws Exception {
        try (GatewayConsole console = console()) {
            console.invoke("drain", MODEL);
            assertThat(answer(MODEL, FALLBACK)).contains("From Claude.");
            HttpResponse<String> refused = faults.ask(MODEL, "");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("no_target", "drained");
            console.invoke("resume", MODEL);
            assertThat(answer(MODEL, "")).contains("From OpenAI.");
            console.invoke("weight", MODEL, 2.5);
            assertThat(console.row("Deployments", ID).get("weight")).isEqualTo(2.5);
            assertThat(console.all().get("Settings")).contains(MODEL);
            assertThatThrownBy(() -> console.invoke("reset", "openai/never-called")).isInstanceOf(RuntimeMBeanException.class)
                    .hasRootCauseInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> console.invoke("drain", "opnai/gpt-4.1-mini")).hasRootCauseMessage(
                    "No deployment 'opnai/gpt-4.1-mini' was called since the start, and no provider is called 'opnai'.");
        }
    }

    @Test
    void the_same_by_rest() throws Exception {
        answer(MODEL, "");
        String path = "/api/deployments/" + ID + "/";
        assertThat(rest.asked(200, "GET", "/api/deployments/", null).items("results")).anyMatch(row -> ID.equals(((JsonObject) row).text("id")));
        JsonObject open = rest.asked(200, "POST", path + "open/", null);
        assertThat(open.text("state")).isEqualTo("open");
        assertThat(open.text("refusal")).isEqualTo("circuit open");
        assertThat(answer(MODEL, FALLBACK)).contains("From Claude.");
        JsonObject seen = rest.asked(200, "GET", path, null);
        assertThat(seen.text("state")).isEqualTo("open");
        assertThat(seen.object("counts").number("skipped", 0)).isPositive();
        assertThat(rest.asked(200, "POST", path + "reset/", null).text("state")).isEqualTo("closed");
        assertThat(answer(MODEL, FALLBACK)).contains("From OpenAI.");
        assertThat(rest.asked(200, "POST", path + "drain/", null).isTrue("is_drained")).isTrue();
        assertThat(answer(MODEL, FALLBACK)).contains("From Claude.");
        assertThat(rest.asked(200, "POST", path + "resume/", null).isTrue("is_drained")).isFalse();
        assertThat(rest.asked(200, "PATCH", path, "{\"weight\":2.5}").get("weight").raw().text()).isEqualTo("2.5");
        assertThat(rest.asked(200, "PATCH", path, "{\"weight\":null}").present("weight")).isNull();
        assertThat(rest.refused(400, "PATCH", path, "{\"weight\":-1}")).contains("weight");
        assertThat(rest.refused(400, "PATCH", path, "{}")).contains("weight");
        rest.refused(404, "POST", "/api/deployments/openai/never-called@operator/reset/", null);
        new ManagementClient(faults.server(), FaultServer.TEST_KEY).refused(403, "POST", path + "open/", null);
        assertThat(new ManagementClient(faults.server(), "ITITITIT.wrong").send("GET", "/api/deployments/", null).statusCode()).isEqualTo(401);
    }
}
