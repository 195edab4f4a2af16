package org.sluice.gateway.admin;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.health.DeploymentStatus;
import org.sluice.gateway.health.OperatorSetting;

/** What the JMX bean of the deployments reads and does. A console knows no class of ours: failures are the JDK's. */
final class DeploymentControls implements DeploymentsMXBean {
    private static final String WHO = "JMX";
    private final DeploymentHealth health;
    private final DeploymentControl control;

    DeploymentControls(DeploymentHealth health, DeploymentControl control) {
        this.health = health;
        this.control = control;
    }

    @Override
    public List<DeploymentRow> getDeployments() {
        return health.deployments().stream().map(DeploymentRow::new).toList();
    }

    @Override
    public int getOpenCircuits() {
        return count(status -> !status.state().equals("closed"));
    }

    @Override
    public int getCoolingDeployments() {
        return count(status -> "cooldown".equals(status.refusal()));
    }

    @Override
    public int getDrainedDeployments() {
        return count(DeploymentStatus::isDrained);
    }

    @Override
    public int getRefusedDeployments() {
        return count(status -> status.refusedStatus() > 0);
    }

    @Override
    public int getRequestDeployments() {
        return health.broughtDeployments();
    }

    @Override
    public long getCalls() {
        return sum(DeploymentStatus::calls);
    }

    @Override
    public long getFailures() {
        return sum(DeploymentStatus::failed);
    }

    @Override
    public long getSkippedCalls() {
        return sum(DeploymentStatus::skipped);
    }

    private int count(Predicate<DeploymentStatus> counted) {
        return (int) health.deployments().stream().filter(counted).count();
    }

    private long sum(ToLongFunction<DeploymentStatus> number) {
        return health.deployments().stream().mapToLong(number).sum();
    }

    @Override
    public Map<String, Integer> getCallsByProvider() {
        return health.callsByProvider();
    }

    @Override
    public Map<String, String> getSettings() {
        Map<String, String> shown = new TreeMap<>();
        health.settings().forEach((name, setting) -> shown.put(name, shown(setting)));
        return shown;
    }

    private static String shown(OperatorSetting setting) {
        String weight = setting.weight() > 0 ? "weight " + setting.weight() : "";
        return !setting.isDrained() ? weight : weight.isEmpty() ? "drained" : "drained, " + weight;
    }

    @Override
    public int open(String deployment) {
        return told(() -> control.open(deployment, WHO));
    }

    @Override
    public int reset(String deployment) {
        return told(() -> control.reset(deployment, WHO));
    }

    @Override
    public void drain(String deployment) {
        told(() -> {
            control.drain(deployment, WHO);
            return 1;
        });
    }

    @Override
    public void resume(String deployment) {
        told(() -> {
            control.resume(deployment, WHO);
            return 1;
        });
    }

    @Override
    public void weight(String deployment, double weight) {
        told(() -> {
            control.weigh(deployment, weight, WHO);
            return 1;
        });
    }

    private static int told(Supplier<Integer> operation) {
        try {
            return operation.get();
        } catch (GatewayException wrong) {
            throw new IllegalArgumentException(wrong.getMessage());
        }
    }
}
