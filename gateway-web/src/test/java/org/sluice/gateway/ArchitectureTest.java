package org.sluice.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** The rules of the house. Each one fails when it is broken; {@link ArchitectureRulesBiteTest} shows it. */
@AnalyzeClasses(packages = "org.sluice.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    static final String BASE = "org.sluice.gateway.";
    private static final String[] VOCABULARY = {BASE + "error", BASE + "usage", BASE + "chat", BASE + "dialect", BASE + "endpoint", BASE + "provider", BASE + "call"};
    private static final Set<String> BANNED_ENDINGS = Set.of("Impl", "Manager", "Helper", "Utils", "Util", "Service", "Handler", "Processor", "Data", "Info");

    @ArchTest static final ArchRule no_package_cycles = slices().matching(BASE + "(**)").should().beFreeOfCycles();

    @ArchTest static final ArchRule the_vocabulary_knows_only_java = classes().that().resideInAnyPackage(VOCABULARY)
            .should().onlyDependOnClassesThat().resideInAnyPackage(with("java..", VOCABULARY));

    @ArchTest static final ArchRule dialects_do_no_io = noClasses().that().resideInAPackage(BASE + "dialect..")
            .should().dependOnClassesThat().resideInAnyPackage("java.net..", "java.nio.file..", "java.sql..", "jakarta.persistence..", "jakarta.ws.rs..");

    @ArchTest static final ArchRule only_upstream_opens_sockets = noClasses().that().resideOutsideOfPackage(BASE + "upstream")
            .should().dependOnClassesThat(opensConnections());

    /** A deployment carries on whether its address is trusted; only the choice of a credential knows. */
    @ArchTest static final ArchRule deployments_are_made_of_a_credentials_choice = noClasses().that().resideOutsideOfPackages(BASE + "credential", BASE + "provider")
            .should().callConstructorWhere(JavaCall.Predicates.target(HasOwner.Predicates.With.owner(JavaClass.Predicates.equivalentTo(org.sluice.gateway.provider.Deployment.class))));

    @ArchTest static final ArchRule nobody_uses_the_old_url_class = noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.net.URL");

    @ArchTest static final ArchRule a_provider_knows_only_its_dialect = noClasses().that().resideInAPackage(BASE + "provider..")
            .should().dependOnClassesThat().resideInAnyPackage(BASE + "attempt..", BASE + "route..", BASE + "log..", BASE + "pipeline..",
                    BASE + "apikey..", BASE + "upstream..", BASE + "credential..", BASE + "model..");

    @ArchTest static final ArchRule providers_do_not_know_each_other = slices().matching(BASE + "provider.(*)..").should().notDependOnEachOther();

    @ArchTest static final ArchRule dialects_do_not_know_each_other = slices().matching(BASE + "dialect.(*)..").should().notDependOnEachOther();

    @ArchTest static final ArchRule entities_stay_home = noClasses().that().resideOutsideOfPackages(BASE + "log", BASE + "apikey")
            .should().dependOnClassesThat().areAnnotatedWith("jakarta.persistence.Entity");

    @ArchTest static final ArchRule the_doors_go_through_the_pipeline = noClasses().that().resideInAPackage(BASE + "ingress..")
            .should().dependOnClassesThat().resideInAnyPackage(BASE + "attempt..", BASE + "upstream..", BASE + "log..", BASE + "journal..", BASE + "database..");

    @ArchTest static final ArchRule the_request_path_does_not_bind_json = noClasses().that().resideInAnyPackage(BASE + "json..", BASE + "dialect..",
            BASE + "attempt..", BASE + "route..", BASE + "pipeline..", BASE + "upstream..", BASE + "ingress").should().dependOnClassesThat()
            .resideInAnyPackage("jakarta.json..", "jakarta.json.bind..");

    @ArchTest static final ArchRule the_request_path_does_not_know_the_database = noClasses().that().resideInAnyPackage(BASE + "dialect..",
            BASE + "attempt..", BASE + "route..", BASE + "pipeline..", BASE + "upstream..", BASE + "ingress..", BASE + "provider..", BASE + "journal..")
            .should().dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql..", "jakarta.persistence..");

    @ArchTest static final ArchRule settings_have_one_home = noFields().that().areDeclaredInClassesThat().resideOutsideOfPackage(BASE + "config")
            .should().beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty");

    /** No way from a template to a Java object: no reflection, no class objects, no container, nothing of ours. */
    @ArchTest static final ArchRule templates_know_only_plain_java = classes().that().resideInAPackage(BASE + "template..")
            .should().onlyDependOnClassesThat().resideInAnyPackage(BASE + "template..", "java.lang", "java.lang.management", "java.math", "java.util",
                    "java.util.function", "java.util.regex", "java.util.stream", "java.nio.charset")
            .andShould(com.tngtech.archunit.lang.conditions.ArchConditions.never(com.tngtech.archunit.lang.conditions.ArchConditions.accessClassesThat(reflects())));

    @ArchTest static final ArchRule nobody_executes_or_deserialises = noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.lang.ProcessBuilder")
            .orShould().dependOnClassesThat().haveFullyQualifiedName("java.io.ObjectInputStream")
            .orShould().dependOnClassesThat().haveFullyQualifiedName("java.beans.XMLDecoder")
            .orShould().dependOnClassesThat().resideInAPackage("javax.script..");

    @ArchTest static final ArchRule logging_is_system_logger = noClasses().should().dependOnClassesThat().resideInAnyPackage("java.util.logging..", "org.slf4j..");

    @ArchTest static final ArchRule names_say_what_things_are = noClasses().should(com.tngtech.archunit.lang.conditions.ArchConditions.be(emptilyNamed()));

    static DescribedPredicate<JavaClass> opensConnections() {
        Set<String> names = Set.of("java.net.Socket", "java.net.ServerSocket", "java.net.URLConnection", "java.net.HttpURLConnection",
                "java.nio.channels.SocketChannel", "javax.net.SocketFactory", "javax.net.ssl.SSLSocketFactory");
        return DescribedPredicate.describe("open connections",
                type -> names.contains(type.getFullName()) || type.getPackageName().startsWith("java.net.http"));
    }

    static DescribedPredicate<JavaClass> reflects() {
        Set<String> names = Set.of("java.lang.Class", "java.lang.ClassLoader", "java.lang.Module", "java.lang.Runtime", "java.lang.System", "java.lang.Thread",
                "java.util.ServiceLoader", "java.util.ResourceBundle");
        return DescribedPredicate.describe("reach behind plain values", type -> names.contains(type.getFullName()));
    }

    static DescribedPredicate<JavaClass> emptilyNamed() {
        return DescribedPredicate.describe("named with an empty ending",
                type -> BANNED_ENDINGS.stream().anyMatch(type.getSimpleName()::endsWith) || type.getSimpleName().startsWith("Abstract"));
    }

    private static String[] with(String first, String... rest) {
        String[] all = new String[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }
}
