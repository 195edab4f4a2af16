package org.sluice.gateway.upstream;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.AddressSource;

/**
 * Tells whether an address that an organization wants to store would be called, as far as its text can tell: no name is
 * looked up. What it stands for is checked at each connection.
 */
@ApplicationScoped
public class AddressCheck {
    @Inject EgressRules rules;
    private EgressPolicy policy;

    /** For tests. */
    public static AddressCheck of(EgressRules rules) {
        AddressCheck check = new AddressCheck();
        check.rules = rules;
        check.open();
        return check;
    }

    @PostConstruct
    void open() {
        policy = new EgressPolicy(rules, System::nanoTime);
    }

    /**
     * @param param where the address stands, for errors
     * @throws GatewayException API_BASE_NOT_ALLOWED, or RATE_LIMIT when the organization names too many hosts
     */
    public void require(String organization, URI address, String param) {
        try {
            policy.admit(address, AddressSource.of(organization, param, address));
        } catch (EgressPolicy.Refusal refused) {
            throw GatewayException.of(ErrorType.API_BASE_NOT_ALLOWED, param, "'" + param + "' must be an https address, up to and with the version, without user, query and fragment, "
                    + "of a host that the operator allows: see GATEWAY_EGRESS_CUSTOM_BASE, GATEWAY_EGRESS_ALLOWED_HOSTS and GATEWAY_EGRESS_PRIVATE_HOSTS.");
        }
    }
}
