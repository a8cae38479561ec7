/**
 * The networks that make masks, with the network of the zoo that tells classes apart as their encoder does. Only their
 * names: the zoo knows them by these, without knowing how they are built.
 */
export const ENCODERS = {
  unet_resnet18: 'resnet18',
  unet_resnet34: 'resnet34',
  unet_resnet50: 'resnet50',
  unet_vgg16: 'vgg16',
  unet_efficientnet_b0: 'efficientnet_b0',
  unet_mobilenet_v2: 'mobilenet_v2',
} as const;

export type UnetName = keyof typeof ENCODERS;

export const isUnet = (name: string): name is UnetName => Object.hasOwn(ENCODERS, name);
