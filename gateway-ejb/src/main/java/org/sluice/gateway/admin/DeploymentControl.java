package org.sluice.gateway.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.health.DeploymentStatus;
import org.sluice.gateway.route.Providers;

/**
 * What operators do to deployments, by JMX and by REST; every change leaves a line in the server's log. A name is a deployment's
 * id, {@code openai/gpt-4o@operator}, or {@code openai/gpt-4o} for all its credentials but those that requests bring.
 */
@ApplicationScoped
public class DeploymentControl {
    private static final System.Logger LOGGER = System.getLogger(DeploymentControl.class.getName());
    private static final int NAME_MAX = 300;
    @Inject DeploymentHealth health;
    @Inject Providers providers;
    private Predicate<String> isProvider = name -> providers.find(name).isPresent();

    /** Outside a container. */
    static DeploymentControl of(DeploymentHealth health, Predicate<String> isProvider) {
        DeploymentControl control = new DeploymentControl();
        control.health = health;
        control.isProvider = isProvider;
        return control;
    }

    public List<DeploymentStatus> deployments() {
        return health.deployments();
    }

    /** @param who for the log; @return how many deployments the name meant */
    public int open(String name, String who) {
        return known(name, who, "opened", health::open);
    }

    /** @return how many deployments the name meant */
    public int reset(String name, String who) {
        return known(name, who, "reset", health::reset);
    }

    private int known(String name, String who, String what, ToIntFunction<String> operation) {
        int meant = operation.applyAsInt(checked(name));
        if (meant == 0) {
            throw new GatewayException(ErrorType.NOT_FOUND, "No deployment '" + name + "' was called since the start.");
        }
        note(name, who, what);
        return meant;
    }

    public void drain(String name, String who) {
        health.drain(callable(name));
        note(name, who, "drained");
    }

    /** @throws GatewayException INVALID_VALUE when it stays drained under another name, which is told */
    public void resume(String name, String who) {
        health.resume(checked(name));
        note(name, who, "resumed");
        List<String> others = health.settings().entrySet().stream().filter(set -> set.getValue().isDrained()).map(Map.Entry::getKey)
                .filter(other -> name.startsWith(other + "@") || other.startsWith(name + "@")).sorted().limit(10).toList();
        if (!others.isEmpty()) {
            throw GatewayException.invalid("deployment", "It is also drained as " + String.join(", ", others) + "; resume that too.");
        }
    }

    /** @param weight above 0 up to 1000000, or 0 for the configured one */
    public void weigh(String name, double weight, String who) {
        try {
            health.weigh(callable(name), weight);
        } catch (IllegalArgumentException wrong) {
            throw GatewayException.invalid("weight", wrong.getMessage());
        }
        note(name, who, weight == 0 ? "given back its configured weight" : "given the weight " + weight);
    }

    /** A setting may be made before the first call; its provider must be known, so that a slip of the pen is noticed. */
    private String callable(String name) {
        String provider = checked(name).substring(0, Math.max(0, name.indexOf('/')));
        boolean isCalled = health.deployments().stream().anyMatch(status -> status.id().equals(name) || status.id().startsWith(name + "@"));
        if (!isCalled && !isProvider.test(provider)) {
            throw new GatewayException(ErrorType.NOT_FOUND, "No deployment '" + name + "' was called since the start, and no provider is called '" + provider + "'.");
        }
        return name;
    }

    private static String checked(String name) {
        if (name == null || name.isBlank() || name.length() > NAME_MAX || name.chars().anyMatch(Character::isISOControl)) {
            throw GatewayException.invalid("deployment", "A deployment's name has 1 to " + NAME_MAX + " characters, none of them control characters.");
        }
        return name;
    }

    private static void note(String name, String who, String what) {
        LOGGER.log(System.Logger.Level.INFO, "Deployment {0} was {1} by {2}.", name, what, who);
    }
}
