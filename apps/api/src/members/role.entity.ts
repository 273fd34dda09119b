import { Column, Entity, PrimaryGeneratedColumn, Unique, VersionColumn } from 'typeorm';

/** What a role may do in the portal. */
export type PortalAccess = 'none' | 'read-only' | 'members' | 'machines' | 'admin';

/** What a group of members may do: at the machines and in the portal. */
@Entity('roles')
@Unique('uq_roles_name', ['name'])
export class Role {
  @PrimaryGeneratedColumn({ primaryKeyConstraintName: 'pk_roles' })
  id: number;

  @Column('varchar')
  name: string;

  /** The product relies on it: it can be neither renamed nor deleted. */
  @Column('boolean', { default: false })
  reserved: boolean;

  /** May use every machine without an authorisation for each. */
  @Column('boolean', { name: 'authorize_all', default: false })
  authorizeAll: boolean;

  /** May register interventions with a card. */
  @Column('boolean', { default: false })
  maintenance: boolean;

  @Column('varchar', { name: 'portal_access', default: 'none' })
  portalAccess: PortalAccess;

  @VersionColumn({ default: 1 })
  version: number;
}
