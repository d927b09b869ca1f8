package config

import "github.com/siaga-id/siaga/rules"

// Book returns the rules as they are written, for those who try one of them.
func (c *Config) Book() rules.Book { return c.book }
