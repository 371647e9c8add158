// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.jqwik;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Collection;
import java.util.List;
import net.jqwik.api.Property;
import net.jqwik.api.configurators.ArbitraryConfigurator;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.providers.ArbitraryProvider;

/**
 * A jqwik property whose parameters may have the types of Parsec, on the module path as on the class path:
 *
 * <pre>{@code
 * @ParsecProperty
 * void aPageIsItsHosts(@ForAll HostPage page) {
 *   assertThat(page).containsExactlyElementsOf(page.hosts());
 * }
 * }</pre>
 *
 * <p>Parameters of other types are supplied as ever. Beside a {@code @Property}, for example one with {@code tries}, or on
 * a class, it says nothing but that.
 */
@Property
@Domain(ParsecProperty.Types.class)
@Domain(DomainContext.Global.class)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
// jqwik is optional, and whoever uses this type requires jqwik anyway.
@SuppressWarnings("exports")
public @interface ParsecProperty {

  /** What the annotation adds; for jqwik to create. */
  final class Types implements DomainContext {
    /** Creates the domain, as jqwik does. */
    public Types() {}

    @Override
    public Collection<ArbitraryProvider> getArbitraryProviders() {
      return List.of(ParsecTypes.everything(ParsecTypes.ON_REQUEST));
    }

    @Override
    public Collection<ArbitraryConfigurator> getArbitraryConfigurators() {
      return List.of();
    }
  }
}
