package org.sluice.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.StandardMBean;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.health.DeploymentKey;

/** The bean as a console meets it: open data, the JDK's exceptions. */
class DeploymentControlsTest {
    private static final DeploymentKey GPT = new DeploymentKey("openai/gpt-4o", "openai", "operator");
    private static final DeploymentKey STORED = new DeploymentKey("openai/gpt-4o#second", "openai", "stored:17");
    private final DeploymentHealth health = new DeploymentHealth();
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private ObjectName name;

    @BeforeEach
    void register() throws Exception {
        name = new ObjectName("org.sluice.gateway:type=Deployments");
        DeploymentControl control = DeploymentControl.of(health, provider -> provider.equals("openai") || provider.equals("groq"));
        server.registerMBean(new StandardMBean(new DeploymentControls(health, control), DeploymentsMXBean.class, true), name);
    }

    private Object read(String attribute) throws Exception {
        return server.getAttribute(name, attribute);
    }

    private Object invoke(String operation, Object... arguments) throws Exception {
        String[] types = arguments.length == 2 ? new String[] {"java.lang.String", "double"} : new String[] {"java.lang.String"};
        return server.invoke(name, operation, arguments, types);
    }

    private CompositeData row(String id) throws Exception {
        for (CompositeData row : (CompositeData[]) read("Deployments")) {
            if (row.get("id").equals(id)) {
                return row;
            }
        }
        throw new AssertionError("no row " + id);
    }

    @Test
    void a_deployment_is_a_row_of_numbers_and_words() throws Exception {
        health.admit(GPT).succeeded(30, 12);
        health.admit(GPT).failed(new GatewayException(ErrorType.UPSTREAM_RESET, "x"));
        health.admit(GPT);
        CompositeData row = row("openai/gpt-4o@operator");
        assertThat(row.get("state")).isEqualTo("closed");
        assertThat(row.get("refusal")).isEqualTo("");
        assertThat(row.get("calls")).isEqualTo(3L);
        assertThat(row.get("succeeded")).isEqualTo(1L);
        assertThat(row.get("failed")).isEqualTo(1L);
        assertThat(row.get("callsUnderWay")).isEqualTo(1);
        assertThat(row.get("tokensInMinute")).isEqualTo(42L);
        assertThat(read("Calls")).isEqualTo(3L);
        assertThat(((TabularData) read("CallsByProvider")).get(new Object[] {"openai"}).get("value")).isEqualTo(1);
    }

    @Test
    void a_circuit_is_opened_watched_and_reset() throws Exception {
        health.admit(GPT).abandoned();
        assertThat(invoke("open", "openai/gpt-4o")).isEqualTo(1);
        assertThat(health.admit(GPT).refusal()).isEqualTo("circuit open");
        assertThat(row("openai/gpt-4o@operator").get("state")).isEqualTo("open");
        assertThat(row("openai/gpt-4o@operator").get("refusal")).isEqualTo("circuit open");
        assertThat((long) row("openai/gpt-4o@operator").get("retryAfterMillis")).isBetween(1L, 30_000L);
        assertThat(read("OpenCircuits")).isEqualTo(1);
        assertThat(read("SkippedCalls")).isEqualTo(1L);
        assertThat(invoke("reset", "openai/gpt-4o@operator")).isEqualTo(1);
        assertThat(health.admit(GPT).isGranted()).isTrue();
        assertThat(read("OpenCircuits")).isEqualTo(0);
    }

    @Test
    void drains_and_weights_are_made_shown_and_taken_back() throws Exception {
        health.admit(STORED).abandoned();
        invoke("drain", "openai/gpt-4o@stored:17");
        invoke("weight", "openai/gpt-4o@stored:17", 2.0);
        invoke("weight", "groq/not-called-yet", 0.5);
        assertThat(row("openai/gpt-4o@stored:17").get("drained")).isEqualTo(true);
        assertThat(read("DrainedDeployments")).isEqualTo(1);
        assertThat(settings()).containsOnly(Map.entry("openai/gpt-4o@stored:17", "drained, weight 2.0"), Map.entry("groq/not-called-yet", "weight 0.5"));
        invoke("resume", "openai/gpt-4o@stored:17");
        invoke("weight", "openai/gpt-4o@stored:17", 0.0);
        invoke("weight", "groq/not-called-yet", 0.0);
        assertThat(settings()).isEmpty();
    }

    private Map<String, String> settings() throws Exception {
        Map<String, String> settings = new TreeMap<>();
        for (Object row : ((TabularData) read("Settings")).values()) {
            settings.put((String) ((CompositeData) row).get("key"), (String) ((CompositeData) row).get("value"));
        }
        return settings;
    }

    @Test
    void what_stays_drained_under_another_name_is_told() throws Exception {
        invoke("drain", "openai/gpt-4o");
        invoke("drain", "openai/gpt-4o@operator");
        refused("openai/gpt-4o;", () -> invoke("resume", "openai/gpt-4o@operator"));
        invoke("resume", "openai/gpt-4o");
        assertThat(settings()).isEmpty();
    }

    @Test
    void a_slip_of_the_pen_is_noticed() throws Exception {
        health.admit(GPT).abandoned();
        refused("openai/gpt-4", () -> invoke("open", "openai/gpt-4"));
        refused("openai/gpt-4", () -> invoke("reset", "openai/gpt-4"));
        refused("opnai", () -> invoke("drain", "opnai/gpt-4o"));
        refused("opnai", () -> invoke("weight", "opnai/gpt-4o", 1.0));
        refused("1000000", () -> invoke("weight", "openai/gpt-4o", -1.0));
        refused("1 to 300", () -> invoke("drain", "openai/" + "x".repeat(300)));
        refused("control", () -> invoke("drain", "openai/a\nb"));
        refused("1 to 300", () -> invoke("drain", (Object) null));
        assertThat(settings()).isEmpty();
    }

    private static void refused(String words, ThrowingCallable operation) {
        assertThatThrownBy(operation).isInstanceOf(RuntimeMBeanException.class).cause().isExactlyInstanceOf(IllegalArgumentException.class).hasMessageContaining(words);
    }
}
