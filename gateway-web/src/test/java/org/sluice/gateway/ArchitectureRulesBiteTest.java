package org.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.route.broken.BrokenThingManager;

/** Classes that break the rules on purpose, and the rules that notice. */
class ArchitectureRulesBiteTest {
    private final JavaClasses broken = new ClassFileImporter().importPackages("org.sluice.gateway.route.broken", "org.sluice.gateway.meter.broken", "org.sluice.gateway.apikey");

    @Test
    void a_socket_outside_upstream_is_noticed() {
        assertThatThrownBy(() -> ArchitectureTest.only_upstream_opens_sockets.check(broken)).isInstanceOf(AssertionError.class);
    }

    @Test
    void an_empty_name_is_noticed() {
        assertThatThrownBy(() -> ArchitectureTest.names_say_what_things_are.check(broken)).isInstanceOf(AssertionError.class)
                .hasMessageContaining(BrokenThingManager.class.getSimpleName());
    }

    @Test
    void a_package_cycle_is_noticed() {
        assertThatThrownBy(() -> ArchitectureTest.no_package_cycles.check(broken)).isInstanceOf(AssertionError.class);
    }

    @Test
    void reflection_in_a_template_is_noticed() {
        JavaClasses reflecting = new ClassFileImporter().importPackages("org.sluice.gateway.template.broken");
        assertThatThrownBy(() -> ArchitectureTest.templates_know_only_plain_java.check(reflecting)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("java.lang.reflect.Method").hasMessageContaining("java.lang.Class.");
    }

    @Test
    void an_entity_abroad_is_noticed() {
        assertThatThrownBy(() -> ArchitectureTest.entities_stay_home.check(broken)).isInstanceOf(AssertionError.class);
    }

    @Test
    void a_deployment_out_of_nothing_is_noticed() {
        assertThatThrownBy(() -> ArchitectureTest.deployments_are_made_of_a_credentials_choice.check(broken)).isInstanceOf(AssertionError.class);
    }
}
