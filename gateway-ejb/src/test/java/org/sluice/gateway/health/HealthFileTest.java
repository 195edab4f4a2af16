package org.sluice.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;

/** What outlives the process. */
class HealthFileTest {
    private static final DeploymentKey OPERATOR = new DeploymentKey("openai/gpt-4o", "openai", "operator");
    private static final DeploymentKey STORED = new DeploymentKey("openai/gpt-4o", "openai", "stored:17");
    @TempDir Path folder;

    private DeploymentHealth started() {
        HealthSettings some = HealthSettings.defaults();
        HealthSettings settings = new HealthSettings(some.circuit(), some.cooldown(), some.cooldownMax(), some.credentialRefusals(), some.credentialRecheck(),
                some.timeoutMin(), some.bulkhead(), some.callMax(), some.deploymentsMax(), file());
        return DeploymentHealth.of(settings, new AtomicLong()::get, Clock.systemUTC());
    }

    private Path file() {
        return folder.resolve("data/deployments.json");
    }

    private static void refuse(DeploymentHealth health, DeploymentKey key) {
        for (int i = 0; i < 3; i++) {
            health.admit(key).failed(GatewayException.provider(new ProviderError(401, null, null, null, "no", "openai", null, new byte[0], null, Map.of())));
        }
    }

    @Test
    void drains_weights_and_refused_stored_credentials_outlive_a_restart_and_circuits_and_operators_credentials_do_not() {
        DeploymentHealth first = started();
        assertThat(file()).as("nothing to keep").doesNotExist();
        refuse(first, STORED);
        refuse(first, OPERATOR);
        first.open("openai/gpt-4o");
        first.drain("anthropic/claude");
        first.weigh("openai/gpt-4o@stored:17", 2.5);
        first.stop();

        DeploymentHealth second = started();
        assertThat(second.admit(STORED).refusal()).isEqualTo("credential refused");
        assertThat(second.deployments().get(0).refusedStatus()).isEqualTo(401);
        assertThat(second.admit(OPERATOR).isGranted()).isTrue();
        assertThat(second.admit(new DeploymentKey("anthropic/claude", "anthropic", "operator")).refusal()).isEqualTo("drained");
        assertThat(second.weight(STORED, 1)).isEqualTo(2.5);

        second.credentialChanged("stored:17");
        second.resume("anthropic/claude");
        second.weigh("openai/gpt-4o@stored:17", 0);
        second.stop();
        assertThat(started().admit(STORED).isGranted()).isTrue();
        assertThat(started().settings()).isEmpty();
    }

    @Test
    void a_success_takes_the_mark_out_of_the_file() throws IOException {
        DeploymentHealth health = started();
        refuse(health, STORED);
        health.admitProbe(STORED).succeeded(1, 1);
        health.stop();
        assertThat(Files.readString(file())).doesNotContain("stored:17");
    }

    @Test
    void a_file_that_is_not_ours_does_not_stop_the_start() throws IOException {
        Files.createDirectories(file().getParent());
        for (String text : new String[] {"", "[]", "{\"deployments\":[1]}", "{\"credentials\":[{\"provider\":\"p\",\"credential\":\"c\",\"since\":\"never\"}]}"}) {
            Files.writeString(file(), text);
            assertThat(started().admit(STORED).isGranted()).as(text).isTrue();
        }
    }

    @Test
    void a_disk_that_cannot_be_written_does_not_disturb_the_calls() throws IOException {
        Files.writeString(folder.resolve("data"), "a file where the folder should be");
        DeploymentHealth health = started();
        health.drain("openai/gpt-4o");
        health.stop();
        assertThat(health.admit(OPERATOR).refusal()).isEqualTo("drained");
    }
}
