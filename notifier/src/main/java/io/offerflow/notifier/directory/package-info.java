/** The topics recipients and subscriptions: reading them, changing them, and the rules for their rows. */
package io.offerflow.notifier.directory;
